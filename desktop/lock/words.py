"""What the lock says."""

MADE_UP = "Everybody in the sample club is made up, so nothing here is secret. One press unlocks it."
LOSES = "What {name} has typed and not saved is then lost."
NO_PIN = "Your name is not here? Unlock with your password, go to Settings and set a PIN under “Your sign-in”."
NOBODY_HAS_PIN = (
    "Nobody has a PIN yet. Unlock with your password, go to Settings and set one under “Your sign-in”. "
    "After that the register starts from here with your PIN alone."
)
