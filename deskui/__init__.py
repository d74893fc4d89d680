"""deskui: a phone-support desk in the terminal."""
