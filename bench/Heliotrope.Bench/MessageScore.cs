using System.Globalization;
using System.Text.Json.Nodes;
using Heliotrope.Core.Reading;
using Heliotrope.Core.Tests.Reading;

namespace Heliotrope.Bench;

/// <summary>
/// How well messages are read: against labelled ones, against ratings and languages told by others, how often something is seen in questions
/// where hardly anything is, and how long it takes. Only of the messages that may be tuned on mistakes are printed.
/// </summary>
public static class MessageScore
{
    private const int Rounds = 20;

    public static void Run()
    {
        Labelled();
        Languages();
        Feelings();
        FalseAlarms();
        Times();
        foreach (var mistake in LabelledMessages.Rows(LabelledMessages.Tuned).SelectMany(LabelledMessages.Mistakes))
        {
            Console.WriteLine(mistake);
        }
    }

    private static void Labelled()
    {
        Figures.Head("labelled messages", "to look into", "precision", "recall", "held out", "precision", "recall");
        foreach (var language in new[] { "en", "de", null })
        {
            foreach (var (tuned, heldOut) in LabelledMessages.Of(LabelledMessages.Tuned, language).Zip(LabelledMessages.Of(LabelledMessages.HeldOut, language)))
            {
                Figures.Row($"{tuned.Sign}, {language ?? "all"}", tuned.Labelled, tuned.Precision, tuned.Recall, heldOut.Labelled, heldOut.Precision, heldOut.Recall);
            }
        }
        Console.WriteLine();
    }

    /// <summary>The paragraphs of others name languages by three letters; those that we know are compared, and of the others it should be said that we do not.</summary>
    private static void Languages()
    {
        var codes = LanguageCodes.Known;
        var paragraphs = Material.Rows("language").Select(row => (Language: codes.GetValueOrDefault((string)row.Row["expected"]!["iso6393"]!), Text: (string)row.Row["input"]!)).ToList();
        if (paragraphs.Count == 0)
        {
            return;
        }
        Figures.Head("language of", "texts", "right", "said to be unknown", "wrong");
        foreach (var words in new[] { 0, 10, 5, 3 })
        {
            var name = words == 0 ? "a paragraph" : $"{words} words in a row";
            Row($"{name}, a language we know", paragraphs.Where(p => p.Language is not null), words);
            Row($"{name}, one of the seven", paragraphs.Where(p => p.Language is "en" or "de" or "fr" or "es" or "it" or "pt" or "nl"), words);
            Row($"{name}, one that we do not know", paragraphs.Where(p => p.Language is null), words);
        }
        Console.WriteLine();

        static void Row(string name, IEnumerable<(string? Language, string Text)> paragraphs, int words)
        {
            var told = paragraphs.SelectMany(p => Cut(p.Text, words).Select(text => (p.Language, Told: LanguageReading.Of(text)))).ToList();
            Figures.Row(
                name, told.Count, (double)told.Count(t => t.Told == t.Language) / told.Count,
                (double)told.Count(t => t.Told is null) / told.Count, (double)told.Count(t => t.Told is not null && t.Told != t.Language) / told.Count);
        }
    }

    private static IEnumerable<string> Cut(string text, int words)
    {
        var all = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words == 0 ? [text] : all.Length < 15 ? [] : all.Chunk(words).Where(piece => piece.Length == words).Select(piece => string.Join(' ', piece));
    }

    private static void Feelings()
    {
        var rated = Material.Rows("sentiment").Select(row => (Rating: (double)row.Row["expected"]!["mean_rating"]!, MessageReading.Of((string)row.Row["input"]!).Sentiment)).ToList();
        if (rated.Count == 0)
        {
            return;
        }
        Figures.Head("feeling in tweets, beside the mean of 20 people", "tweets", "correlation");
        Figures.Row("all, unknown as 0", rated.Count, Figures.Correlation([.. rated.Select(r => (r.Rating, r.Sentiment ?? 0))]).ToString("N3", CultureInfo.InvariantCulture));
        var known = rated.Where(r => r.Sentiment is not null).Select(r => (r.Rating, r.Sentiment!.Value)).ToList();
        Figures.Row("those whose feeling is known", known.Count, Figures.Correlation(known).ToString("N3", CultureInfo.InvariantCulture));
        Console.WriteLine();
    }

    private static void FalseAlarms()
    {
        var rows = Material.Rows("intents").Concat(Material.Rows("sentiment")).Select(row => (row.File, Reading: MessageReading.Of((string)row.Row["input"]!))).ToList();
        if (rows.Count == 0)
        {
            return;
        }
        Figures.Head("seen in", "texts", "complaints", "thanks", "urgent", "life events");
        foreach (var file in rows.GroupBy(row => row.File))
        {
            Figures.Row(
                file.Key, file.Count(), file.Count(row => row.Reading.Complaint), file.Count(row => row.Reading.Gratitude), file.Count(row => row.Reading.Urgency),
                file.Count(row => row.Reading.LifeEvent is not null));
        }
        Console.WriteLine();
    }

    /// <summary>In the processor's time, so that other programs do not count.</summary>
    private static void Times()
    {
        var messages = LabelledMessages.Rows(LabelledMessages.Tuned).Select(row => (string)row["input"]!).ToList();
        var long100 = string.Join(' ', messages).Split(' ').Chunk(100).Select(words => string.Join(' ', words)).ToList();
        Figures.Head("", "microseconds");
        Figures.Row("a message, mean of the labelled", Microseconds(messages) / messages.Count);
        Figures.Row("one of 100 words", Microseconds(long100) / long100.Count);
        Figures.Row("one of 100,000 characters full of signs", Microseconds([string.Concat(Enumerable.Repeat("she passed away passed, you still have not ", 100_000 / 43))]));
        Console.WriteLine();
    }

    private static double Microseconds(List<string> messages)
    {
        var start = TimeSpan.Zero;
        for (var round = -Rounds; round < Rounds; round++)
        {
            // The first half is for the framework, which compiles what is called often a second time.
            start = round == 0 ? Environment.CpuUsage.TotalTime : start;
            messages.ForEach(message => MessageReading.Of(message));
        }
        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / Rounds;
    }
}
