"""The steps that lead from an empty database to the schema of `deskui.store.tables`."""
