"""names of shards -> what became of each, on a Spark cluster: the same verb as `engine.Processes`.

Spark hands out the shards and tries them again where a worker or a machine is lost; what a shard leaves behind lies on a disk
that all machines share. Nothing but names and outcomes travels through Spark, so nothing is ever collected to one process.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from secondsource.engine import TRIES, Here, Outcome, Work, attempted
from secondsource.errors import BadInput

COLUMNS = "shard string, worker long, tries long, failed string, memory long"


class Spark(Here):
    """The verbs on Spark. `master`: "local[2, 3]" is two workers here with retries; None takes the cluster's own settings."""

    def __init__(self, master: str | None = "local[2, 3]") -> None:
        self.master = master

    def session(self) -> Any:
        """The running session, or a new one. Raises BadInput where Spark is not installed."""
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise BadInput("Spark is not installed; install secondsource[spark], and Java 17") from None
        made = SparkSession.builder.appName("secondsource").config("spark.task.maxFailures", str(TRIES))
        made = made.config("spark.pyspark.python", sys.executable).config("spark.ui.enabled", "false")
        made = made.config("spark.sql.execution.arrow.maxRecordsPerBatch", "1").config("spark.sql.session.timeZone", "UTC")
        if self.master and self.master.startswith("local"):  # workers find what this process finds
            made = made.config("spark.executorEnv.PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
            made = made.config("spark.sql.shuffle.partitions", "4")
        return (made.master(self.master) if self.master else made).getOrCreate()

    def shards(self, work: Work, names: Iterable[str]) -> Iterator[Outcome]:
        named = [(name,) for name in names]
        if not named:
            return
        spark = self.session()
        # A partition a shard: a lost worker costs one.
        held = spark.sparkContext.parallelize(named, len(named)).toDF("shard string")
        for row in held.mapInPandas(partial(_frames, work), COLUMNS).toLocalIterator():
            yield Outcome(row.shard, row.worker, row.tries, row.failed, row.memory)

    def sql(self) -> "SparkSql":
        return SparkSql(self.session())


class SparkSql:
    """Joins on Spark: the same queries as on DuckDB."""

    def __init__(self, session: Any) -> None:
        self.held = session

    def view(self, name: str, files: Path) -> None:
        """A name for the Parquet files of a folder."""
        self.held.catalog.dropTempView(name)
        self.held.read.parquet(*(str(file) for file in sorted(files.glob("*.parquet")))).createOrReplaceTempView(name)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Rows as they come, a partition at a time."""
        yield from map(tuple, self.held.sql(query).toLocalIterator())


def _frames(work: Work, frames: Iterable[Any]) -> Iterator[Any]:
    """Outcomes of the shards that Spark hands to one worker, as it wants them."""
    import pandas

    for frame in frames:
        yield pandas.DataFrame([attempted(work, name)._asdict() for name in frame["shard"]])
