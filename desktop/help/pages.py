"""The help pages that are shipped: one Markdown file a topic."""

from pathlib import Path

from models.kernel.places import resources

INDEX = "index"


def folder() -> Path:
    """Where they are."""
    return resources() / "help"


def topic_there(topic: str) -> str:
    """The topic if there is a page for it, else the index."""
    plain = topic.removesuffix(".md")
    there = (name for name in (plain, plain.replace("-", "")) if name.replace("-", "").isalnum())
    return next((name for name in there if (folder() / f"{name}.md").is_file()), INDEX)


def text_of(topic: str) -> str:
    """The page's Markdown; the index for a topic without one."""
    return (folder() / f"{topic_there(topic)}.md").read_text("utf-8")


def title_of(topic: str) -> str:
    """The page's own heading."""
    first = text_of(topic).lstrip().splitlines()[0]
    return first.lstrip("# ").strip()
