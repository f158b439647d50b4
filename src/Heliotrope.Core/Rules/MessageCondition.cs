using System.Text.Json;

namespace Heliotrope.Core.Rules;

/// <summary>What a rule can look at in the very message that set it off.</summary>
public enum MessageField
{
    /// <summary>Its subject and its new words hold one of these, apart by commas.</summary>
    Words,
    /// <summary>It came from one of these addresses or domains (<c>@client.example</c>), apart by commas.</summary>
    From,
    /// <summary>It went to one of these addresses of ours, apart by commas.</summary>
    To,
    /// <summary>It has a file.</summary>
    File,
    /// <summary>A machine wrote it, or no machine may answer it.</summary>
    Machine,
}

/// <summary>The message that set off a rule.</summary>
/// <param name="From">The address that it came from; ours for an answer of ours.</param>
/// <param name="To">The address of ours.</param>
/// <param name="Subject">The conversation's subject.</param>
/// <param name="Text">The new words.</param>
/// <param name="HasFile">It has a file.</param>
/// <param name="Machine">A machine wrote it, or no machine may answer it.</param>
public sealed record MessageFacts(string From, string To, string Subject, string Text, bool HasFile, bool Machine);

/// <summary>A condition on the message that set off a rule.</summary>
/// <param name="Field">What is looked at.</param>
/// <param name="Not">It must not be so.</param>
/// <param name="Value">What must be there; empty for <see cref="MessageField.File"/> and <see cref="MessageField.Machine"/>.</param>
public sealed record MessageCondition(MessageField Field, bool Not, string Value)
{
    /// <summary>In characters.</summary>
    public const int LongestValue = 500;

    /// <summary>Of more conditions nobody would know what they say together.</summary>
    public const int Most = 10;

    /// <summary>Whether it holds.</summary>
    /// <param name="message">The message; null when something else set off the rule, and then nothing holds of it.</param>
    /// <returns>It does.</returns>
    public bool Holds(MessageFacts? message) => message is not null && Not != Field switch
    {
        MessageField.Words => Pieces().Any(word => message.Text.Contains(word, StringComparison.OrdinalIgnoreCase) || message.Subject.Contains(word, StringComparison.OrdinalIgnoreCase)),
        MessageField.From => Pieces().Any(address => Is(message.From, address)),
        MessageField.To => Pieces().Any(address => Is(message.To, address)),
        MessageField.File => message.HasFile,
        MessageField.Machine => message.Machine,
    };

    /// <summary>Reads a condition as somebody wrote it.</summary>
    /// <param name="field">words, from, to, file or machine.</param>
    /// <param name="not">It must not be so.</param>
    /// <param name="value">What must be there.</param>
    /// <returns>The condition, or a refusal that names what cannot be right.</returns>
    public static Result<MessageCondition> Read(string? field, bool not, string? value)
    {
        var what = field ?? "";
        var plain = string.Join(' ', (value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Enum.GetValues<MessageField>().Cast<MessageField?>().FirstOrDefault(f => f!.Value.ToString().Equals(what, StringComparison.OrdinalIgnoreCase)) is not { } known
            ? new Refusal(RefusalKind.Invalid, "rule.condition", $"“{what}” is nothing that can be asked of a message.", "message", what.Length > 100 ? what[..100] : what)
            : known is MessageField.File or MessageField.Machine ? new MessageCondition(known, not, "")
            : plain.Length is 0 or > LongestValue || new MessageCondition(known, not, plain).Pieces().Length == 0
                ? new Refusal(RefusalKind.Invalid, "rule.condition-value", $"A condition holds 1 to {LongestValue} characters.", "message", what)
                : new MessageCondition(known, not, plain);
    }

    /// <summary>As they are kept.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <returns>JSON.</returns>
    public static string ToJson(IEnumerable<MessageCondition> conditions) => JsonSerializer.Serialize(conditions.Select(c => new Kept(c.Field.ToString(), c.Not, c.Value)));

    /// <summary>Reads what was kept.</summary>
    /// <param name="json">As <see cref="ToJson"/> wrote it.</param>
    /// <returns>The conditions, or a refusal: they cannot be read any more.</returns>
    public static Result<IReadOnlyList<MessageCondition>> FromJson(string json)
    {
        try
        {
            var read = new List<MessageCondition>();
            foreach (var kept in JsonSerializer.Deserialize<Kept[]>(json) ?? [])
            {
                var one = Read(kept.Field, kept.Not, kept.Value);
                if (one.Refusal is { } refusal)
                {
                    return refusal;
                }

                read.Add(one.Value);
            }

            return read;
        }
        catch (JsonException)
        {
            return Refusal.Invalid("act.malformed", "These conditions cannot be read.", "message");
        }
    }

    private string[] Pieces() => Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A whole address, or all of a domain.</summary>
    private static bool Is(string address, string asked) =>
        address.Equals(asked, StringComparison.OrdinalIgnoreCase) || (asked.StartsWith('@') && address.EndsWith(asked, StringComparison.OrdinalIgnoreCase));

    private sealed record Kept(string Field, bool Not, string Value);
}
