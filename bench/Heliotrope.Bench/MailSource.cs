using System.Globalization;
using System.Text;

namespace Heliotrope.Bench;

/// <summary>Letters of about six kilobytes, as programs write them: text and HTML, each letter different, the same in every run.</summary>
public sealed class MailSource(int seed)
{
    private const int Customers = 1_000;

    private static readonly string[] Vocabulary =
        ("the order arrived late and lamp two was broken please tell me what happens next our invoice shows another amount than "
        + "agreed could somebody call tomorrow morning thank you for helping so quickly account password parcel refund delivery "
        + "Straße café mañana smörgås été").Split(' ');

    private uint _state = (uint)seed * 2_654_435_761u + 1;

    /// <summary>The first letter of a matter.</summary>
    public byte[] First(string thread, string subject) => Write(thread, 1, subject);

    /// <summary>A later letter of the same customer in the same matter; <paramref name="step"/> counts from 2.</summary>
    public byte[] Next(string thread, int step, string subject) => Write(thread, step, "Re: " + subject);

    private byte[] Write(string thread, int step, string subject)
    {
        // The customer depends on the thread alone, so that a later letter comes from the same one.
        var customer = (thread.Aggregate(17u, (hash, c) => (hash * 31) + c) % Customers).ToString(CultureInfo.InvariantCulture);
        var references = string.Join("\r\n ", Enumerable.Range(1, step - 1).Select(i => Id(thread, i)));
        var text = Words(350, "\r\n");
        var html = Words(500, "</p>\r\n<p>");
        return Encoding.UTF8.GetBytes(
            $"Received: from mail.example.org ([192.0.2.7]) by mx.example.com; Mon, 05 Jan 2026 09:00:00 +0000\r\n"
            + $"From: =?utf-8?Q?J=C3=B6rg?= Customer {customer} <customer{customer}@example.org>\r\n"
            + $"To: Help <help@example.com>\r\nSubject: {subject}\r\n"
            + $"Date: Mon, 05 Jan 2026 09:00:00 +0000\r\nMessage-ID: {Id(thread, step)}\r\n"
            + (step > 1 ? $"In-Reply-To: {Id(thread, step - 1)}\r\nReferences: {references}\r\n" : "")
            + "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"parts\"\r\n\r\n"
            + $"--parts\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
            + $"--parts\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><body><p>{html}</p></body></html>\r\n"
            + "--parts--\r\n");
    }

    private static string Id(string thread, int step) => string.Create(CultureInfo.InvariantCulture, $"<{thread}.{step}@bench.example.org>");

    private string Words(int count, string paragraph)
    {
        var text = new StringBuilder();
        for (var i = 1; i <= count; i++)
        {
            _state = (_state * 1_664_525u) + 1_013_904_223u;
            text.Append(Vocabulary[(_state >> 8) % Vocabulary.Length]).Append(i % 60 == 0 ? paragraph : i % 12 == 0 ? "\r\n" : " ");
        }

        return text.ToString();
    }
}
