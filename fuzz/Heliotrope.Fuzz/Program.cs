using System.Diagnostics;
using System.Globalization;
using Heliotrope.Fuzz;

// heliotrope-fuzz [--inputs N] [--seconds N] [--seed N] [--corpus FOLDER]… [--save FOLDER] [--go-on] | --file FILE…
foreach (var file in Texts("--file"))
{
    Targets.Run(File.ReadAllBytes(file));
    Console.WriteLine($"{file}: no failure");
}
if (args.Contains("--file"))
{
    return 0;
}

var inputs = Number("--inputs", int.MaxValue);
var seconds = Number("--seconds", inputs < int.MaxValue ? int.MaxValue : 10);
var seed = Number("--seed", Environment.TickCount & 0xFFFFFF);
var save = Texts("--save").FirstOrDefault() ?? Path.Combine("fuzz", "found");
var goOn = args.Contains("--go-on");
List<string> folders = [.. Texts("--corpus")];
if (folders.Count == 0)
{
    folders.Add(Path.Combine("tests", "Heliotrope.Mail.Tests", "Corpus"));
}
if (folders.Find(folder => !Directory.Exists(folder)) is { } missing)
{
    Console.Error.WriteLine($"There is no folder {missing}. Run this from the root of the repository, or name folders with --corpus.");
    return 2;
}
if (Seeds.Read(folders) is not { Count: > 0 } seeds)
{
    Console.Error.WriteLine("There are no .eml and no .jsonl files in the corpus.");
    return 2;
}

var run = new FuzzRun(seeds, seed, save, timed: true);
using var watch = new Timer(_ => run.StopWhenStuck(), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
var clock = Stopwatch.StartNew();
var told = TimeSpan.Zero;
while (run.Count < inputs && clock.Elapsed.TotalSeconds < seconds)
{
    if (run.Next() is { } problem)
    {
        Console.Error.WriteLine(problem);
        if (!goOn)
        {
            return 1;
        }
    }
    if (clock.Elapsed - told > TimeSpan.FromMinutes(1))
    {
        told = clock.Elapsed;
        Console.Error.WriteLine(run.Summary(clock.Elapsed));
    }
}
Console.WriteLine(run.Summary(clock.Elapsed));
return run.Failures == 0 ? 0 : 1;

IEnumerable<string> Texts(string name) => args.Zip(args.Skip(1)).Where(pair => pair.First == name).Select(pair => pair.Second);

int Number(string name, int otherwise) => int.TryParse(Texts(name).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
