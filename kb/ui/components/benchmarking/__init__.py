"""Parts of the page Benchmark, and of what a practice's page says of benchmarks."""
