"""Use cases of the desk: calls, tickets, clocks and quotas, over ports that a store fills."""
