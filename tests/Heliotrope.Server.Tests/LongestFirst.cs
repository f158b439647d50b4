using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Heliotrope.Server.Tests.LongestFirst", "Heliotrope.Server.Tests")]

namespace Heliotrope.Server.Tests;

/// <summary>What takes longest is begun first: at the end nobody waits for a long one that began last.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [WithMailServers.One, WithMailServers.Two, WithMailServers.Three, WithMailServers.Four, "Crash.", "Undo.", "Demo."];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(collection =>
        Array.FindIndex(Long, name => collection.DisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length);
}

/// <summary>Tests that bring mail servers of their own: no more than four at once, for each starts a dozen processes.</summary>
public static class WithMailServers
{
    public const string One = "mail servers, one";
    public const string Two = "mail servers, two";
    public const string Three = "mail servers, three";
    public const string Four = "mail servers, four";
}
