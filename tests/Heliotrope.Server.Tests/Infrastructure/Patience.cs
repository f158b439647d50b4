namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>How long anything may take before a test gives up on it. Never what a test waits for.</summary>
internal static class Patience
{
    /// <summary>Whoever works on something that does not come about yet wants to know sooner.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("HELIOTROPE_TEST_PATIENCE"), out var seconds) ? seconds : 280);

    /// <summary>Looks again and again at what tells nobody when it changes.</summary>
    public static async Task Until(Func<Task<bool>> wanted, Func<string>? said = null)
    {
        var over = Token();
        while (!await wanted())
        {
            if (over.IsCancellationRequested)
            {
                throw new TimeoutException($"It never came about. {said?.Invoke()}");
            }

            await Task.Delay(30);
        }
    }

    public static CancellationToken Token() => new CancellationTokenSource(Limit).Token;
}
