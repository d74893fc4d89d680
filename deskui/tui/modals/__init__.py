"""Small windows over a screen."""
