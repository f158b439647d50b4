namespace Heliotrope.Mail.Reading;

/// <summary>Reads the machine's part of a delivery status notification (RFC 3464 section 2).</summary>
internal static class DeliveryStatus
{
    private const int MaxBytes = 256 * 1024;

    /// <summary>Null when the message has no such part. Of several recipients the first that failed is told.</summary>
    /// <param name="root">The message.</param>
    /// <param name="attached">Whether it may be a file beside the words: people forward such files, too.</param>
    public static BounceReport? Read(MimePart root, bool attached = false)
    {
        var parts = root.All(intoMessages: false).Where(part => part.Type.Value is "message/delivery-status" or "message/global-delivery-status"
            or "message/delivery_status" or "message/x-delivery-status" && (attached || !part.IsAttachment)).Take(10).ToList();
        if (parts.Count == 0)
        {
            return null;
        }
        var groups = parts.SelectMany(part => Groups(part.Decode(MaxBytes).Span)).Where(group => group.Keys.Any(IsPerRecipient)).ToList();
        var chosen = groups.Find(group => ActionOf(group) == "failed") ?? groups.FirstOrDefault();
        return chosen is null ? new BounceReport(null, null, null) : Report(chosen);
    }

    private static bool IsPerRecipient(string name) =>
        name is "final-recipient" or "original-recipient" or "action" or "status" or "diagnostic-code";

    private static BounceReport Report(Dictionary<string, string> group)
    {
        var recipient = AddressIn(group, "final-recipient") ?? AddressIn(group, "original-recipient") ?? AddressIn(group, "x-actual-recipient");
        var diagnostic = group.GetValueOrDefault("diagnostic-code") ?? "";
        var status = StatusCodes.Enhanced(group.GetValueOrDefault("status") ?? "");
        if (status is null || status.EndsWith(".0.0", StringComparison.Ordinal))
        {
            // The other side often says more precisely what was wrong.
            status = StatusCodes.Enhanced(diagnostic) ?? status ?? StatusCodes.FromReply(diagnostic);
        }
        else if (StatusCodes.Enhanced(diagnostic) is { } other && other[0] == status[0] && !other.EndsWith(".0.0", StringComparison.Ordinal))
        {
            // What the other side answered counts more than what the sending one made of it.
            status = other;
        }
        return new BounceReport(recipient, status, ActionOf(group));
    }

    private static string? ActionOf(Dictionary<string, string> group)
    {
        var action = (group.GetValueOrDefault("action") ?? "").Trim().ToLowerInvariant();
        var end = action.AsSpan().IndexOfAny(' ', '(', ';');
        action = end < 0 ? action : action[..end];
        return action switch
        {
            "failed" or "failure" or "fail" => "failed",
            "delayed" or "delay" or "deferred" => "delayed",
            "delivered" or "relayed" or "expanded" => action,
            _ => null,
        };
    }

    private static string? AddressIn(Dictionary<string, string> group, string name)
    {
        if (!group.TryGetValue(name, out var value))
        {
            return null;
        }
        var type = value.IndexOf(';', StringComparison.Ordinal);
        return AddressText.Clean(value[(type + 1)..]);
    }

    /// <summary>Fields up to a blank line are one group; a line that begins with white space goes on.</summary>
    private static List<Dictionary<string, string>> Groups(ReadOnlySpan<byte> bytes)
    {
        var groups = new List<Dictionary<string, string>>();
        var group = new Dictionary<string, string>();
        var last = "";
        var position = 0;
        while (position < MaxBytes && Lines.Next(bytes, ref position, out var raw))
        {
            var line = Charsets.Decode(raw, null, out _);
            if (string.IsNullOrWhiteSpace(line))
            {
                groups.Add(group);
                group = [];
                last = "";
            }
            else if (line[0] is ' ' or '\t' && last.Length > 0)
            {
                group[last] = string.Concat(group[last].AsSpan(0, Math.Min(group[last].Length, 2000)), " ", line.AsSpan().Trim());
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                last = line[..colon].Trim().ToLowerInvariant();
                // A second recipient without a blank line before it.
                if (last == "final-recipient" && group.ContainsKey(last))
                {
                    groups.Add(group);
                    group = [];
                }
                group.TryAdd(last, line[(colon + 1)..].Trim());
            }
        }
        groups.Add(group);
        return groups;
    }
}
