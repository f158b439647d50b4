using System.Text.Json.Nodes;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

/// <summary>One message per fault, in the folder Corpus, with what must be read out of it.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Names() => [.. Corpus.Files().Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_fault_is_read_as_expected(string name)
    {
        var message = MailReader.Read(File.ReadAllBytes(Path.Combine(Corpus.Folder, name + ".eml")));
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Corpus.Folder, name + ".expected.json")))!.AsObject();
        Assert.NotEmpty(expected);
        var actual = Describe(message);
        foreach (var (property, value) in expected)
        {
            Assert.True(actual.ContainsKey(property), property);
            Assert.Equal(value?.ToJsonString(), Only(actual, property, value)?.ToJsonString());
        }
    }

    [Fact]
    public void There_is_a_message_for_every_kind_of_fault() => Assert.True(Corpus.Files().Count >= 80);

    [Fact]
    public void No_beginning_of_any_message_makes_the_reader_fail()
    {
        foreach (var file in Corpus.Files())
        {
            var bytes = File.ReadAllBytes(file);
            for (var length = 0; length <= bytes.Length; length++)
            {
                var message = MailReader.Read(bytes.AsMemory(0, length));
                Assert.All(message.Attachments, attachment => Assert.Equal(attachment.Size, attachment.Content().Length));
            }
        }
    }

    /// <summary>A missing date is a defect of nearly every small message; it is only compared where it is expected.</summary>
    private static JsonNode? Only(JsonObject actual, string property, JsonNode? expected)
    {
        if (property != "defects")
        {
            return actual[property];
        }
        var wanted = expected!.AsArray().Select(node => node!.GetValue<string>()).ToHashSet();
        var codes = actual[property]!.AsArray().Select(node => node!.GetValue<string>());
        return new JsonArray([.. codes.Where(code => code != "date.missing" || wanted.Contains(code)).Select(code => (JsonNode)code)]);
    }

    internal static JsonObject Describe(MailMessage message) => new()
    {
        ["messageId"] = message.MessageId,
        ["inReplyTo"] = Array(message.InReplyTo),
        ["references"] = Array(message.References),
        ["from"] = message.From is { } from ? Show(from) : null,
        ["to"] = Array(message.To.Select(Show)),
        ["subject"] = message.Subject,
        ["date"] = message.Date?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
        ["text"] = message.Text,
        ["html"] = message.Html,
        ["clean"] = message.Html is { } html ? HtmlCleaner.Clean(html) : null,
        ["attachments"] = Array(message.Attachments.Select(a => $"{a.Name} {a.Type} {a.Size}{(a.Inline ? " inline" : "")}")),
        ["auto"] = message.Auto.ToString(),
        ["bounce"] = message.Bounce is { } bounce ? $"{bounce.Recipient} {bounce.Status} {bounce.Action}" : null,
        ["feedback"] = message.Feedback is { } feedback ? $"{feedback.Type} {feedback.Recipient} {feedback.MessageId}" : null,
        ["bar"] = message.Bar("help@desk.example").ToString(),
        ["threadIndex"] = message.ThreadIndex?.ToString(),
        ["defects"] = Array(message.Defects.Select(defect => defect.Code).Distinct()),
    };

    private static string Show(MailAddress address) => $"{address.Name} <{address.Address}>".TrimStart();

    private static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
