using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Heliotrope.Server.Imports;

namespace Heliotrope.Server.Tests.Imports;

public sealed class ReaderTests
{
    private static readonly byte[][] Seeds =
    [
        .. new[] { Exports.ZendeskTickets(DateTimeOffset.UnixEpoch.AddYears(55)), Exports.FreshdeskTickets(), Exports.Mbox(), Exports.Mbox("\r\n"), "{\"count\":2,\"tickets\":[{\"id\":1},{\"id\":2}],\"next_page\":null}", "{\n\"id\":1\n}\n{\n\"id\":2\n}\n" }.Select(Encoding.UTF8.GetBytes),
    ];

    [Theory]
    [InlineData("{\"id\":1}\n{\"id\":2}\n", "1,2")]
    [InlineData("\uFEFF{\"id\":1}\r\n\r\n{\"id\":2}", "1,2")]
    [InlineData("[{\"id\":1},{\"id\":2}]", "1,2")]
    [InlineData("[ {\"a\":\"}]{[\\\"\",\"id\":1} , 7, \"{\", {\"id\":2,\"b\":[{\"id\":9}]} ]", "1,2")]
    [InlineData("{\"count\":2,\"tickets\":[{\"id\":1,\"comments\":[{\"id\":9}]},{\"id\":2}],\"next_page\":null}", "tickets1,tickets2")]
    [InlineData("{\"users\":[{\"id\":1}],\"groups\":[{\"id\":2}]}", "users1,groups2")]
    [InlineData("{\n  \"id\": 1\n}\n{\n  \"id\": 2\n}\n", "1,2")]
    public void Objects_are_found_however_they_are_held(string json, string found) =>
        Assert.Equal(found, string.Join(',', JsonObjects.Read(Stream(Encoding.UTF8.GetBytes(json)), 0).Select(piece => $"{piece.Kind}{piece.Object!.Value.GetProperty("id")}")));

    [Fact]
    public void Other_encodings_are_read_by_their_mark_or_as_that_of_the_west()
    {
        const string json = "{\"id\":1,\"name\":\"Zoë\"}\n";
        Assert.All<byte[]>([[.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(json)], [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(json)], Encoding.Latin1.GetBytes(json)], bytes =>
            Assert.Equal("Zoë", Assert.Single(JsonObjects.Read(Stream(bytes), 0)).Object!.Value.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("[{\"id\":1},{\"id\":", "cut-off")]
    [InlineData("{\"id\":1}\n{\"id\":\n{\"id\":2}", "broken")]
    public void What_is_broken_is_told_and_the_rest_is_read(string json, string problem)
    {
        var pieces = JsonObjects.Read(Stream(Encoding.UTF8.GetBytes(json)), 0).ToList();
        Assert.Equal((2L, problem), Assert.Single(pieces, piece => piece.Object is null) is var broken ? (broken.Number, broken.Problem) : default);
        Assert.Contains(pieces, piece => piece.Object is not null);
    }

    [Fact]
    public void Whatever_the_bytes_reading_ends_and_goes_on_from_every_place()
    {
        var chance = new Random(20261130); // the same inputs each time
        for (var round = 0; round < 600; round++)
        {
            var bytes = Damaged(Seeds[round % Seeds.Length], chance);
            var pieces = JsonObjects.Read(Stream(bytes), 0).Select(Shape).ToList();
            for (var i = 0; i < pieces.Count; i += 1 + (pieces.Count / 4))
            {
                Assert.Equal(pieces[(i + 1)..], JsonObjects.Read(Stream(bytes), pieces[i].End).Select(Shape));
            }

            var mails = MboxReader.Find(Stream(bytes)).ToList();
            Assert.All(mails.Zip(mails.Skip(1)), pair => Assert.True(pair.First.Start + pair.First.Length <= pair.Second.Start));
            Assert.All(mails, mail =>
            {
                Assert.True(mail.Start + mail.Length <= bytes.Length);
                var head = MboxReader.Head(Stream(bytes), mail);
                Assert.True(MboxReader.ReceivedAt(head, mail, DateTimeOffset.UnixEpoch.AddYears(56)) is null or { Year: >= 1990 });
            });
        }

        static (long Number, long End, string Text) Shape(JsonPiece piece) => (piece.Number, piece.End, piece.Object?.GetRawText() ?? piece.Problem!);
    }

    [Fact]
    public void A_mailbox_is_parted_where_a_mail_begins_and_not_where_a_sentence_does()
    {
        var mbox = Encoding.ASCII.GetBytes("From a@b Mon Mar  3 09:00:00 2025\nSubject: one\n\nFrom here on it is easy.\n\nFrom here, too.\n\n>From the start\n>>From before\n\nFrom - Mon Mar  3 09:00:00 2025\nSubject: two\n\nx\n");
        var mails = MboxReader.Find(Stream(mbox)).ToList();
        Assert.Equal(2, mails.Count);
        var text = Encoding.ASCII.GetString(MboxReader.Read(Stream(mbox), new FoundMail(0, mails[0].Start, (int)mails[0].Length, true, 1, default, false)));
        Assert.EndsWith("From here, too.\n\nFrom the start\n>From before\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_file_takes_no_more_memory_than_a_small_one()
    {
        var path = Path.GetTempFileName();
        try
        {
            const int lines = 60_000;
            using (var file = new StreamWriter(path))
            {
                var line = JsonSerializer.Serialize(new { id = 1, text = new string('x', 2_000) });
                for (var i = 0; i < lines; i++)
                {
                    file.WriteLine(line);
                }
            }

            // What the whole process holds is other tests' doing, so this looks at the reader alone: how far it reads ahead, and what it keeps.
            using var stream = File.OpenRead(path);
            var (ahead, count) = (0L, 0);
            var early = new List<WeakReference>();
            foreach (var piece in JsonObjects.Read(stream, 0))
            {
                ahead = Math.Max(ahead, stream.Position - piece.End);
                if (++count <= 100)
                {
                    early.Add(Apart(piece));
                }
            }

            GC.Collect();
            Assert.Equal(lines, count);
            Assert.True(new FileInfo(path).Length > 120_000_000);
            Assert.True(ahead <= 64 * 1024, $"{ahead} bytes ahead");
            Assert.True(early.Count(kept => kept.IsAlive) < 2);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>In a method of its own, so that nothing here holds what it looks at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Apart(JsonPiece piece) => new(piece);

    private static byte[] Damaged(byte[] seed, Random chance)
    {
        var bytes = seed.ToList();
        for (var change = chance.Next(1, 6); change > 0 && bytes.Count > 4; change--)
        {
            var at = chance.Next(bytes.Count - 2);
            switch (chance.Next(4))
            {
                case 0:
                    bytes[at] = (byte)chance.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(chance.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(chance.Next(1, 200), bytes.Count - at)));
                    break;
                default:
                    bytes.Insert(at, "{}[]\"\\\n\0"u8[chance.Next(8)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static MemoryStream Stream(byte[] bytes) => new(bytes);
}
