namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>How long anything may take before a test gives up on it. Never what a test waits for.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    public static CancellationToken Token() => new CancellationTokenSource(Limit).Token;
}
