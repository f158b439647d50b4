using System.Text.Json;
using Heliotrope.Core.Coach;

namespace Heliotrope.Server.Coach;

/// <summary>The names of remarks as they are written outside: <c>non-apology</c>.</summary>
internal static class RemarkNames
{
    private static readonly Dictionary<string, RemarkKind> Kinds = Enum.GetValues<RemarkKind>().ToDictionary(Of, StringComparer.Ordinal);

    public static string Of(RemarkKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    public static RemarkKind? Find(string? name) => name is not null && Kinds.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>The kinds named in a line with spaces between; what is no name is passed over.</summary>
    public static IReadOnlySet<RemarkKind> Read(string names) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Find).OfType<RemarkKind>().ToHashSet();

    /// <summary>The kinds of both lines in one.</summary>
    public static string Join(string names, string more) => string.Join(' ', Read(names + " " + more).Order().Select(Of));
}
