using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Outbox;

/// <summary>Wakes the outbox worker.</summary>
internal sealed class OutboxBell : Bell;
