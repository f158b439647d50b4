using System.Text;
using System.Text.Json.Nodes;
using Heliotrope.Server.Reading;

namespace Heliotrope.Server.Tests.Reading;

public sealed class InspectMessageTests
{
    private static async Task<List<JsonObject>> Run(string input, bool jsonLines)
    {
        using var output = new StringWriter();
        Assert.Equal(0, await InspectMessage.Run(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, jsonLines));
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    [Fact]
    public async Task A_message_is_told_as_the_contract_says()
    {
        var told = Assert.Single(await Run("Mein Mann ist gestern verstorben.\nBitte stornieren Sie sein Abo sofort.\n> Freuen Sie sich auf Ihr Abo!", false));

        Assert.Equal(["language", "sentiment", "complaint", "gratitude", "question", "urgency", "lifeEvent", "evidence"], told.Select(property => property.Key));
        Assert.Equal("de", (string?)told["language"]);
        Assert.InRange((double)told["sentiment"]!["compound"]!, -1, -0.1);
        Assert.False((bool)told["complaint"]!);
        Assert.True((bool)told["urgency"]!);
        Assert.Equal("bereavement", (string?)told["lifeEvent"]);
        Assert.Contains(told["evidence"]!.AsArray(), words =>
            (string?)words!["sign"] == "life-event" && (string?)words["text"] == "Mein Mann ist gestern verstorben" && (int)words["at"]! == 0);
    }

    [Fact]
    public async Task What_cannot_be_told_is_null()
    {
        var told = Assert.Single(await Run("4711-22", false));
        Assert.Null(told["language"]);
        Assert.Null(told["sentiment"]!["compound"]);
        Assert.Null(told["lifeEvent"]);
        Assert.Empty(told["evidence"]!.AsArray());
    }

    [Fact]
    public async Task Each_line_is_answered_with_its_id_and_a_broken_one_with_what_is_wrong()
    {
        var told = await Run("{\"id\":\"a\",\"input\":\"Where is my parcel?\"}\n{\"id\":2}\nnonsense\n{\"id\":\"b\",\"input\":\"\"}\n", true);

        Assert.Equal(4, told.Count);
        Assert.Equal(("a", true), ((string?)told[0]["id"], (bool)told[0]["question"]!));
        Assert.Equal("The line has no text \"input\".", (string?)told[1]["error"]);
        Assert.NotNull(told[2]["error"]);
        Assert.Equal(("b", false), ((string?)told[3]["id"], (bool)told[3]["question"]!));
    }
}
