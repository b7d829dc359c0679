"""many files of reports -> records in Parquet, shard by shard."""
