using System.Text;
using System.Text.Json.Nodes;

namespace Heliotrope.Bench;

/// <summary>Real material made by others, which lies beside the checkout or where HELIOTROPE_SHARED_DATA says; one JSON object a line.</summary>
public static class Material
{
    /// <summary>The objects of every file in a folder, each with the name of its file; none when the folder is not there.</summary>
    public static IEnumerable<(string File, JsonNode Row)> Rows(string folder)
    {
        var shared = Environment.GetEnvironmentVariable("HELIOTROPE_SHARED_DATA") ?? Path.Combine(BenchFolder.Root, "..", "shared", "data");
        return Directory.Exists(Path.Combine(shared, folder))
            ? Directory.GetFiles(Path.Combine(shared, folder), "*.jsonl").Order(StringComparer.Ordinal)
                .SelectMany(file => File.ReadLines(file).Select(line => (Path.GetFileNameWithoutExtension(file), JsonNode.Parse(line)!)))
            : [];
    }

    /// <summary>The bytes of a row's message.</summary>
    public static byte[] Bytes(JsonNode row)
    {
        var input = row["input"]!.GetValue<string>();
        return row["encoding"]?.GetValue<string>() == "base64" ? Convert.FromBase64String(input) : Encoding.UTF8.GetBytes(input);
    }

    /// <summary>Our own test messages, which are always there.</summary>
    public static IEnumerable<(string Name, byte[] Raw)> Corpus() =>
        Directory.GetFiles(Path.Combine(BenchFolder.Root, "tests", "Heliotrope.Mail.Tests", "Corpus"), "*.eml").Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file)));
}
