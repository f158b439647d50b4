using System.Text;
using System.Text.Json.Nodes;
using Heliotrope.Server.Coach;

namespace Heliotrope.Server.Tests.Coach;

public sealed class InspectReplyTests
{
    private static async Task<(int Exit, List<JsonObject> Told)> Run(string input, bool jsonLines)
    {
        using var output = new StringWriter();
        var exit = await InspectReply.Run(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, TimeProvider.System, jsonLines);
        return (exit, [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())]);
    }

    [Fact]
    public async Task A_bad_line_is_answered_and_the_next_one_is_read()
    {
        var (exit, told) = await Run(string.Join('\n',
            "not json", "[]", "{\"id\":\"a\"}", "{\"id\":\"b\",\"reply\":7}", "{\"id\":\"c\",\"reply\":\"Hi\",\"zone\":\"Mars/North\"}",
            "{\"id\":8,\"reply\":\"Hi\",\"now\":\"soon\"}", "", "{\"id\":\"d\",\"reply\":\"Hi\",\"customer\":\"Ada\",\"message\":null}"), true);
        Assert.Equal(0, exit);
        Assert.Equal([null, null, "\"a\"", "\"b\"", "\"c\"", "8", "\"d\""], told.Select(line => line["id"]?.ToJsonString()));
        Assert.All(told.SkipLast(1), line => Assert.NotEqual("", (string?)line["error"]));
        Assert.Equal(["id", "remarks", "promises"], told[^1].Select(property => property.Key));
    }

    [Fact]
    public async Task One_object_may_stand_on_several_lines_and_a_bad_one_fails()
    {
        var (exit, told) = await Run("{\n\"id\":1,\n\"reply\":\"Hello\"}\n", false);
        Assert.Equal((0, 1), (exit, (int?)Assert.Single(told)["id"]));
        Assert.Equal(1, (await Run("{", false)).Exit);
    }
}
