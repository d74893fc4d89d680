"""The rules core: a vendor's terms as data, and the decision for one request."""
