namespace Heliotrope.Fuzz;

/// <summary>Makes damaged messages out of good ones; the same seed gives the same messages.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, int seed)
{
    private const int MaxLength = 64 * 1024;

    private readonly Random random = new(seed);

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\n", "\r\n", "\r", "\n\n", "\0", "=?utf-8?B?", "=?utf-8?Q?", "?=", "--b", "--b--", "\n--b\n", "boundary=b", "charset=utf-16",
            "Content-Type: multipart/mixed; boundary=b\n", "Content-Type: message/rfc822\n\n", "Content-Transfer-Encoding: base64\n",
            "Content-Transfer-Encoding: quoted-printable\n", "; filename*0*=utf-8''%41", "begin 644 x\n", "\nend\n", "<", ">", "(", ")", "\"",
            "\\", "@", ",", ";", ":", "=", "=\n", "%", "&#x110000;", "<script>", "<style>", "<table><td>", "<!--", "</p>", "style=\"a:url(",
            "> ", "\n-- \n", "On 1 Jan 2026, X wrote:\n", "From: a\nTo: b\nSubject: c\n", "\u001b$B", "5.1.1", "Final-Recipient: rfc822;",
            "<blockquote type=\"cite\">", "<div class=\"gmail_quote\">", "<div id=\"divRplyFwdMsg\">", "<div class=\"gmail_signature\">", "</div>",
            "</blockquote>", "<br>", "<pre>", "<p>", "{\\rtf1", "{\\*\\htmltag64 ", "\\u-1?", "\\'e4", "\\bin99999 ", "Content-Type: application/ms-tnef\n",
            "Thread-Index: AQHZ", "Auto-Submitted: auto-replied\n",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    public byte[] Next()
    {
        var data = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (var changes = random.Next(1, 12); changes > 0; changes--)
        {
            Change(data);
        }
        return Seeds.Wrap([.. data.Take(MaxLength)]);
    }

    private void Change(List<byte> data)
    {
        var at = random.Next(data.Count + 1);
        switch (random.Next(8))
        {
            case 0 when data.Count > 0:
                data[Math.Min(at, data.Count - 1)] = (byte)random.Next(256);
                break;
            case 1:
                data.RemoveRange(at, Math.Min(random.Next(1, 64), data.Count - at));
                break;
            case 2:
                data.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
            case 3:
                data.InsertRange(at, Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(1, 500)).SelectMany(token => token));
                break;
            case 4:
                data.InsertRange(at, Slice([.. data]));
                break;
            case 5:
                data.InsertRange(at, Slice(seeds[random.Next(seeds.Count)]));
                break;
            case 6:
                // The beginning of one and the end of another.
                data.RemoveRange(at, data.Count - at);
                var other = seeds[random.Next(seeds.Count)];
                data.AddRange(other.AsSpan(random.Next(other.Length + 1)));
                break;
            default:
                data.RemoveRange(at, data.Count - at);
                break;
        }
    }

    private ArraySegment<byte> Slice(byte[] source)
    {
        var start = random.Next(source.Length + 1);
        return new ArraySegment<byte>(source, start, Math.Min(random.Next(256), source.Length - start));
    }
}
