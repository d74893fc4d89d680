"""The desk's use cases: the one thing that screens and the command line talk to.

Every method is synchronous, opens its own unit of work, and is safe to call from a worker thread.
All may raise StoreFailure; each names what else it raises.
"""
