namespace Heliotrope.Server.Happiness;

/// <summary>A bar.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Count">How many.</param>
/// <param name="Href">The conversations behind it.</param>
/// <param name="Says">What else is said of it; null for nothing.</param>
public sealed record BarRow(string Name, int Count, string Href, string? Says = null);
