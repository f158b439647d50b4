using System.Diagnostics;
using Heliotrope.Core.Drivers;

namespace Heliotrope.Bench;

/// <summary>How well drivers are told, beside a linear SVM on the same rows in the same run; times are those of the processor.</summary>
public static class DriverTelling
{
    private const int Parts = 5;

    public static void Run(int parts)
    {
        var files = Material.Rows("intents").ToLookup(row => row.File, row => new LabelledText(row.Row["input"]!.GetValue<string>(), row.Row["expected"]?["intent"]?.GetValue<string>()));
        if (files.Count == 0)
        {
            throw new BenchException("There is no material: say where it is with HELIOTROPE_SHARED_DATA.");
        }

        var (bank, clinc, asked) = (Mixed(files["banking77-train"]), Mixed(files["clinc150-train"]), files["clinc150-val"].ToArray());
        LabelledText[] known = [.. clinc.Where(row => row.Driver is not null)], none = [.. clinc.Where(row => row.Driver is null)];
        parts = Math.Clamp(parts, 1, Parts);
        var draws = Enumerable.Range(0, Math.Min(parts, 3)).ToArray();
        Figures.Head("", "right in scope", "the same if none is never said", "SVM", "errors to SVM's", "none found", "SVM, as many lost", "none rightly said", "macro F1", "sureness off by", "s to learn", "to SVM's", "ms to read");
        Row($"Banking77, {parts} of {Parts} parts", Enumerable.Range(0, parts).Select(part => Split(bank, rank => rank % Parts != part)));
        Row($"Banking77, 10 a class, {draws.Length} draws", draws.Select(draw => Split(bank, rank => rank / 10 == draw)));
        Row("CLINC150", [(known, [.. asked, .. none])]);
        Row("CLINC150, shown what is none", [(clinc, asked)]);
        Row($"CLINC150, 10 a class, {draws.Length} draws", draws.Select(draw => (Split(known, rank => rank / 10 == draw).Train, (LabelledText[])[.. asked, .. none])));
        Row("CLINC150, 10 a class, shown what is none", draws.Select(draw => ((LabelledText[])[.. Split(known, rank => rank / 10 == draw).Train, .. none], asked)));
        foreach (var bot in Material.Rows("intents").Where(row => row.File == "hint3-train").GroupBy(row => row.Row["expected"]!["bot"]!.GetValue<string>(), row => new LabelledText(row.Row["input"]!.GetValue<string>(), row.Row["expected"]!["intent"]!.GetValue<string>())))
        {
            Row($"HINT3 {bot.Key}, {parts} of {Parts} parts", Enumerable.Range(0, parts).Select(part => Split(Mixed(bot), rank => rank % Parts != part)));
        }
    }

    private static LabelledText[] Mixed(IEnumerable<LabelledText> rows)
    {
        var all = rows.ToArray();
        new Random(7).Shuffle(all);
        return all;
    }

    /// <summary>Splits each driver's rows by their place among them.</summary>
    private static (LabelledText[] Train, LabelledText[] Test) Split(IReadOnlyList<LabelledText> rows, Func<int, bool> toLearn)
    {
        var ranked = rows.GroupBy(row => row.Driver).SelectMany(driver => driver.Select((row, rank) => (Row: row, Learn: toLearn(rank)))).ToArray();
        return ([.. ranked.Where(row => row.Learn).Select(row => row.Row)], [.. ranked.Where(row => !row.Learn).Select(row => row.Row)]);
    }

    private static void Row(string name, IEnumerable<(LabelledText[] Train, LabelledText[] Test)> splits)
    {
        var all = splits.Select(Measure).ToArray();
        double? Mean(Func<Figure, double?> one) => all.All(figure => one(figure) is null) ? null : all.Average(one);
        object Percent(Func<Figure, double?> one) => Mean(one) is { } mean ? $"{100 * mean:F1}" : "";
        Figures.Row(name, Percent(f => f.Score.Accuracy), Percent(f => f.Free), Percent(f => f.Svm), Mean(f => 1 - f.Free)!.Value / Mean(f => 1 - f.Svm)!.Value, Percent(f => f.Score.OutOfScopeRecall), Percent(f => f.SvmRecall),
            Percent(f => f.Score.OutOfScopePrecision), Percent(f => f.Score.MacroF1), Percent(f => f.Off), Mean(f => f.Seconds)!.Value, Mean(f => f.Seconds)!.Value / Mean(f => f.SvmSeconds)!.Value, Mean(f => f.Reading)!.Value);
    }

    private static Figure Measure((LabelledText[] Train, LabelledText[] Test) split)
    {
        var (train, test) = split;
        var (seconds, model) = Timed(() => DriverModel.Train(train));
        var (reading, readings) = Timed(() => Array.ConvertAll(test, row => model.Read(row.Text)));
        var (svmSeconds, svm) = Timed(() => new LinearSvm([.. train.Where(row => row.Driver is not null).Select(row => (row.Text, row.Driver!))]));
        var told = Array.ConvertAll(test, row => svm.Tell(row.Text));

        var inScope = test.Index().Where(row => row.Item.Driver is not null).Select(row => row.Index).ToArray();
        var free = inScope.Count(i => model.Nearest(test[i].Text) == test[i].Driver);
        var score = DriverScore.Of([.. test.Zip(readings, (row, reading) => (row.Driver, reading.Driver))]);

        // The SVM may turn away as many right answers as we did: the best threshold that it could have had here.
        var margins = inScope.Where(i => told[i].Class == test[i].Driver).Select(i => told[i].Margin).Order().ToArray();
        var least = margins[Math.Clamp(free - (int)Math.Round(score.Accuracy!.Value * inScope.Length), 0, margins.Length - 1)];
        var strangers = test.Index().Where(row => row.Item.Driver is null).Select(row => told[row.Index].Margin).ToArray();
        return new(
            score, (double)free / inScope.Length, (double)margins.Length / inScope.Length, strangers.Length == 0 ? null : (double)strangers.Count(margin => margin < least) / strangers.Length,
            Off([.. inScope.Where(i => readings[i].Driver is not null).Select(i => (readings[i].Sure, readings[i].Driver == test[i].Driver))]),
            seconds, svmSeconds, 1000 * reading / test.Length);
    }

    /// <summary>How far sureness is from the share of right answers, on average over tenths (expected calibration error).</summary>
    private static double Off(IReadOnlyList<(double Sure, bool Right)> answers) =>
        answers.GroupBy(answer => Math.Min(9, (int)(answer.Sure * 10))).Sum(tenth => Math.Abs(tenth.Sum(answer => answer.Sure - (answer.Right ? 1 : 0)))) / answers.Count;

    private static (double Seconds, T Result) Timed<T>(Func<T> run)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var result = run();
        process.Refresh();
        return ((process.TotalProcessorTime - before).TotalSeconds, result);
    }

    private sealed record Figure(DriverScore Score, double Free, double Svm, double? SvmRecall, double Off, double Seconds, double SvmSeconds, double Reading);
}
