namespace Heliotrope.Mail.Reading;

/// <summary>What a message was judged to be.</summary>
internal sealed record AutoVerdict(AutoKind Kind, BounceReport? Bounce = null);

/// <summary>Tells mail that machines wrote from mail that people wrote.</summary>
internal static class AutoDetector
{
    public static AutoVerdict Judge(MimePart root, string text, ReadContext context)
    {
        _ = (root, text, context);
        return new(AutoKind.None);
    }
}
