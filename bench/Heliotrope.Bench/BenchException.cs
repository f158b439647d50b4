namespace Heliotrope.Bench;

/// <summary>The server did not do what it has to do; figures of such a run would be worth nothing.</summary>
public sealed class BenchException(string message) : Exception(message);
