"""Results of a run in words, a module a subject: what was promised and whether it holds, and the tables of docs/benchmarks.md."""
