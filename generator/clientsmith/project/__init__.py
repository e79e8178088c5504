"""A project of providers: its folders, the settings of each provider, and the locks."""
