using Heliotrope.Core;
using Heliotrope.Core.Coach;

namespace Heliotrope.Server.Coach;

/// <summary>The names of remarks as they are written outside: <c>non-apology</c>.</summary>
internal static class RemarkNames
{
    public static string Of(RemarkKind kind) => Codes.Of(kind);

    public static RemarkKind? Find(string? name) => Codes.Find<RemarkKind>(name);

    /// <summary>The kinds named in a line with spaces between; what is no name is passed over.</summary>
    public static IReadOnlySet<RemarkKind> Read(string names) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Find).OfType<RemarkKind>().ToHashSet();

    /// <summary>The kinds of both lines in one.</summary>
    public static string Join(string names, string more) => string.Join(' ', Read(names + " " + more).Order().Select(Of));
}
