namespace Heliotrope.Server.Outbox;

/// <summary>What becomes of a mail of ours once it is written: it waits for the worker, or it is kept because nothing may leave.</summary>
internal sealed record Departure(OutboxState State);
