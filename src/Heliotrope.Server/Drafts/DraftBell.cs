using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Drafts;

/// <summary>Wakes the worker that sends drafts.</summary>
internal sealed class DraftBell : Bell;
