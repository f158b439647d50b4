using System.Text.Json;
using Heliotrope.Core.Coach;

namespace Heliotrope.Core.Tests.Coach;

/// <summary>What the coach says of a reply, in short.</summary>
internal static class Coached
{
    public static ReplyInHand Reply(string text, string message = "", string name = "", string? language = null, string[]? known = null, string[]? recent = null) =>
        new(text, name, language, message.Length == 0 ? [] : [message], known ?? [], recent ?? []);

    /// <summary>The kinds with their reasons, such as <c>apologise, salt.blame</c>; empty for a good reply.</summary>
    public static string Kinds(this ReplyInHand reply) => string.Join(", ", ReplyCoach.Read(reply).Select(Kind).Distinct().Order(StringComparer.Ordinal));

    /// <summary>The words of the first remark of a kind.</summary>
    public static string Words(this ReplyInHand reply, RemarkKind kind) =>
        ReplyCoach.Read(reply).First(remark => remark.Kind == kind) is var remark ? reply.Text.Substring(remark.At, remark.Length) : "";

    /// <summary>The reply after the first remark of a kind was taken with one key.</summary>
    public static ReplyInHand Fixed(this ReplyInHand reply, RemarkKind kind) => reply.Fixed(ReplyCoach.Read(reply).First(remark => remark.Kind == kind));

    public static ReplyInHand Fixed(this ReplyInHand reply, Remark remark) =>
        reply with { Text = reply.Text.Remove(remark.At, remark.Length).Insert(remark.At, remark.Fix ?? throw new InvalidOperationException("There is no fix.")) };

    public static string Kind(RemarkKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    private static string Kind(Remark remark) => remark.Why.Length == 0 ? Kind(remark.Kind) : $"{Kind(remark.Kind)}.{remark.Why}";
}
