//! Nothing to use: the benchmarks are in `reading.rs`.
