"""pure functions and records -> results, on a Spark cluster: the same verbs as `engine`."""
