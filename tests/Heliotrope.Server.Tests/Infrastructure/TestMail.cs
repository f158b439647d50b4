using System.Text;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>A mail as a customer's program would write it.</summary>
internal sealed record TestMail
{
    public string? From { get; init; } = "Ada Lovelace <ada@client.example>";

    public string To { get; init; } = "help@desk.example";

    public string? Cc { get; init; }

    public string Subject { get; init; } = "My grinder";

    public string Text { get; init; } = "Hello, the grinder does not start. What can I do?";

    public string? MessageId { get; init; } = $"{Guid.NewGuid():N}@client.example";

    public string? InReplyTo { get; init; }

    public string? References { get; init; }

    public string Date { get; init; } = "Mon, 23 Nov 2026 10:00:00 +0100";

    /// <summary>Whole header lines, put first, as servers on the way do.</summary>
    public string[] Trace { get; init; } = [];

    /// <summary>Whole header lines.</summary>
    public string[] More { get; init; } = [];

    /// <summary>Where the envelope says it goes; the header's first address when not said.</summary>
    public string EnvelopeTo
    {
        get => field ?? To.Split(',')[0].Split('<')[^1].TrimEnd('>');
        init;
    }

    public byte[] Bytes()
    {
        var lines = new List<string>(Trace);
        Add("From", From);
        Add("To", To);
        Add("Cc", Cc);
        Add("Subject", Subject);
        Add("Date", Date);
        Add("Message-ID", MessageId is null ? null : $"<{MessageId}>");
        Add("In-Reply-To", InReplyTo is null ? null : $"<{InReplyTo}>");
        Add("References", References);
        lines.AddRange(More);
        if (!More.Any(line => line.StartsWith("Content-Type", StringComparison.Ordinal)))
        {
            lines.AddRange(["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]);
        }

        return Encoding.UTF8.GetBytes(string.Join("\r\n", [.. lines, "", .. Text.ReplaceLineEndings("\n").Split('\n'), ""]));

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                lines.Add($"{name}: {value}");
            }
        }
    }

    /// <summary>A mail from somebody nobody else writes as.</summary>
    public static TestMail FromSomebodyNew()
    {
        var name = Guid.NewGuid().ToString("N");
        return new() { From = $"Ada Lovelace <{name}@client.example>" };
    }

    /// <summary>The bare address of its author.</summary>
    public string Author => From!.Split('<')[^1].TrimEnd('>');

    /// <summary>An answer by the same person.</summary>
    public TestMail Answer(string text, string? inReplyTo = null) => this with
    {
        MessageId = $"{Guid.NewGuid():N}@client.example",
        Subject = "Re: " + Subject,
        Text = text,
        InReplyTo = inReplyTo,
        Trace = [],
    };
}
