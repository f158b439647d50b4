using System.Text.Json.Nodes;
using Heliotrope.Server.Commands;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Commands;

public sealed class EvaluateDriversTests : IDisposable
{
    private static readonly string[] Train =
    [
        Line("my parcel is late", "\"late\""), Line("where is my parcel", "\"late\""), Line("the parcel did not come", "\"late\""), Line("is the parcel lost", "\"late\""), "",
        Line("please refund me", "\"money\""), Line("I want a refund", "\"money\""), Line("my money back", "\"money\""), Line("the refund is missing", "\"money\""),
        Line("do you hire gardeners", "null"), Line("do you hire drivers", "null"), Line("do you hire bakers", "null"), Line("I would like to be hired", "null"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_figures_are_told_as_the_contract_says()
    {
        string[] test =
        [
            "\uFEFF" + Line("parcel late", "\"late\""), Line("refund money", "\"money\""), Line("a matter that nobody taught", "\"unheard\""), " ",
            Line("do you hire cooks", "null"), "{\"input\":\"do you hire tailors\",\"id\":7}", "{\"input\":\"do you hire smiths\",\"expected\":{\"in_scope\":false}}",
        ];

        var (exit, output, error) = await Run(Train, test);

        Assert.Equal((0, ""), (exit, error));
        var told = JsonNode.Parse(output)!.AsObject();
        Assert.Equal(["accuracy", "macroF1", "outOfScopeRecall", "outOfScopePrecision"], told.Select(property => property.Key));
        Assert.Equal(2 / 3.0, (double)told["accuracy"]!, 9); // what nobody taught cannot be right
        Assert.InRange((double)told["macroF1"]!, 0.5, 0.7);
        Assert.Equal(1, (double)told["outOfScopeRecall"]!);
        Assert.InRange((double)told["outOfScopePrecision"]!, 0.75, 1);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_measure_it_says_null()
    {
        Assert.Equal("{\"accuracy\":null,\"macroF1\":null,\"outOfScopeRecall\":null,\"outOfScopePrecision\":null}", (await Run(Train, [])).Output.Trim());
        Assert.Equal("{\"accuracy\":0,\"macroF1\":0,\"outOfScopeRecall\":null,\"outOfScopePrecision\":0}", (await Run([], [Line("where is my parcel", "\"late\"")])).Output.Trim());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{\"expected\":{\"intent\":\"late\"}}")]
    [InlineData("{\"input\":7,\"expected\":{\"intent\":\"late\"}}")]
    [InlineData("{\"input\":\"x\",\"expected\":\"late\"}")]
    [InlineData("{\"input\":\"x\",\"expected\":{\"intent\":7}}")]
    [InlineData("{\"input\":\"\\ud800\",\"expected\":{\"intent\":\"late\"}}")]
    public async Task A_line_that_is_no_row_is_named_by_its_number(string line)
    {
        var (exit, output, error) = await Run(Train, [Train[0], "", line]);

        Assert.Equal((65, ""), (exit, output));
        Assert.Contains("test.jsonl, line 3:", error, StringComparison.Ordinal);
        Assert.Contains("train.jsonl, line 1:", (await Run([line], [])).Error, StringComparison.Ordinal);
    }

    private static string Line(string input, string intent) => $"{{\"input\":\"{input}\",\"expected\":{{\"intent\":{intent}}}}}";

    private async Task<(int Exit, string Output, string Error)> Run(string[] train, string[] test)
    {
        var (trainFile, testFile) = (Path.Combine(_folder.FullName, "train.jsonl"), Path.Combine(_folder.FullName, "test.jsonl"));
        await File.WriteAllLinesAsync(trainFile, train, Patience.Token());
        await File.WriteAllLinesAsync(testFile, test, Patience.Token());
        using StringWriter output = new(), error = new();
        return (await Evaluate.Drivers(trainFile, testFile, output, error, Patience.Token()), output.ToString(), error.ToString());
    }
}
