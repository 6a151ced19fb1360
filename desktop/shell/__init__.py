"""The window around the screens: places, search, undo, help, banners. It knows screens by name alone."""
