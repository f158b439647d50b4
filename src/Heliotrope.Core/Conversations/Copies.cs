using Heliotrope.Core.Customers;

namespace Heliotrope.Core.Conversations;

/// <summary>Who gets a message of ours besides the customer: addresses as a person typed them or a program sent them.</summary>
public static class Copies
{
    /// <summary>More readers than this is a mailing, and no answer to somebody.</summary>
    public const int Most = 20;

    /// <summary>Reads who gets a copy that everybody sees.</summary>
    /// <param name="typed">The pieces; each may hold several addresses, apart by a comma, a semicolon or a line.</param>
    /// <returns>The addresses, each once and in order, or a refusal that names the piece that is none.</returns>
    public static Result<IReadOnlyList<EmailAddress>> Cc(IEnumerable<string> typed) => Read(
        typed,
        piece => Refusal.Invalid("cc.malformed", $"“{piece}” is not a mail address.", "cc") with { About = piece },
        Refusal.Invalid("cc.too-many", $"At most {Most} people can be copied.", "cc"));

    /// <summary>Reads who gets a copy that nobody else sees.</summary>
    /// <param name="typed">As for <see cref="Cc"/>.</param>
    /// <returns>The addresses, each once and in order, or a refusal that names the piece that is none.</returns>
    public static Result<IReadOnlyList<EmailAddress>> Bcc(IEnumerable<string> typed) => Read(
        typed,
        piece => Refusal.Invalid("bcc.malformed", $"“{piece}” is not a mail address.", "bcc") with { About = piece },
        Refusal.Invalid("bcc.too-many", $"At most {Most} people can be copied unseen.", "bcc"));

    /// <summary>Reads whom something is forwarded to.</summary>
    /// <param name="typed">As for <see cref="Cc"/>.</param>
    /// <returns>The addresses, each once and in order, at least one; or a refusal that names the piece that is none.</returns>
    public static Result<IReadOnlyList<EmailAddress>> Forward(IEnumerable<string> typed)
    {
        var read = Read(
            typed,
            piece => Refusal.Invalid("forward.malformed", $"“{piece}” is not a mail address.", "to") with { About = piece },
            Refusal.Invalid("forward.too-many", $"At most {Most} people can be asked at once.", "to"));
        return read is { Refusal: null, Value.Count: 0 } ? Refusal.Invalid("forward.nobody", "It needs the address of whoever is asked.", "to") : read;
    }

    private static Result<IReadOnlyList<EmailAddress>> Read(IEnumerable<string> typed, Func<string, Refusal> malformed, Refusal tooMany)
    {
        var found = new List<EmailAddress>();
        foreach (var piece in typed.SelectMany(each => each.Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            // "Ada Lovelace <ada@client.example>", as it is pasted from elsewhere.
            var address = piece.EndsWith('>') && piece.LastIndexOf('<') is >= 0 and var start ? piece[start..] : piece;
            if (!EmailAddress.TryParse(address, out var read))
            {
                return malformed(piece.Length > EmailAddress.MaxLength ? piece[..EmailAddress.MaxLength] : piece);
            }

            if (!found.Contains(read))
            {
                found.Add(read);
            }
        }

        return found.Count > Most ? tooMany : found;
    }
}
