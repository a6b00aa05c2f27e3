"""The engines, each behind the same few steps; see `contender`."""

__all__ = ["PEERS"]

_HERE = "benchmarks.engines.contenders"

# Names as readers know them, and where each engine is.
PEERS = {
    "durable-rules, Host": f"{_HERE}.durable",
    "durable-rules, extension": f"{_HERE}.durable_extension",
    "zen-engine": f"{_HERE}.zen_engine",
    "datalogic": f"{_HERE}.datalogic",
    "CLIPS": f"{_HERE}.clips",
    "clingo": f"{_HERE}.clingo",
    "Cedar": f"{_HERE}.cedar",
    "Rego": f"{_HERE}.rego",
    "rule-engine": f"{_HERE}.rule_engine",
    "json-logic": f"{_HERE}.json_logic",
    "DuckDB": f"{_HERE}.duckdb",
    "Polars": f"{_HERE}.polars",
    "generated Python": f"{_HERE}.generated_python",
}
