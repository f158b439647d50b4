using System.Diagnostics;
using System.Globalization;
using Heliotrope.Fuzz;

// heliotrope-fuzz [--seconds N] [--seed N] [--corpus FOLDER] [--save FOLDER]
var seconds = Number("--seconds", 10);
var seed = Number("--seed", Environment.TickCount & 0xFFFFFF);
var corpus = Text("--corpus") ?? Path.Combine("tests", "Heliotrope.Mail.Tests", "Corpus");
var save = Text("--save") ?? Path.Combine("fuzz", "found");
if (!Directory.Exists(corpus) || Directory.GetFiles(corpus, "*.eml") is not { Length: > 0 } files)
{
    Console.Error.WriteLine($"There are no .eml files in {corpus}. Run this from the root of the repository, or name a folder with --corpus.");
    return 2;
}

var seeds = files.Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
var mutator = new Mutator(seeds, seed);
var clock = Stopwatch.StartNew();
var slowest = TimeSpan.Zero;
long count = 0, bytes = 0;
while (clock.Elapsed.TotalSeconds < seconds)
{
    var input = mutator.Next();
    var before = clock.Elapsed;
    try
    {
        Targets.Run(input);
    }
    catch (Exception problem)
    {
        Directory.CreateDirectory(save);
        var file = Path.Combine(save, string.Create(CultureInfo.InvariantCulture, $"{seed}-{count}.eml"));
        File.WriteAllBytes(file, input);
        Console.Error.WriteLine($"Input {count} of seed {seed} failed and is in {file}:\n{problem}");
        return 1;
    }
    var took = clock.Elapsed - before;
    slowest = took > slowest ? took : slowest;
    count++;
    bytes += input.Length;
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"seed {seed}: {count} inputs, {bytes / 1024} KiB, no failure; slowest {slowest.TotalMilliseconds:0} ms"));
return 0;

string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

int Number(string name, int otherwise) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
