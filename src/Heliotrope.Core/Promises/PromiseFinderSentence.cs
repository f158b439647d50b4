using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Promises;

/// <summary>Reads the sentences of a passage in one language.</summary>
internal sealed class PromiseFinderSentence(PromiseFinderLanguage language, Passage passage, bool[] isQuoted, DueCalendar calendar)
{
    private readonly DueReader _dates = new(language.Dates, calendar);

    /// <summary>The promises of a sentence, in order.</summary>
    public List<FoundPromise> Read(Sentence sentence)
    {
        var found = new List<FoundPromise>();
        var openings = language.Openings(passage, sentence);
        openings.RemoveAll(opening => isQuoted[opening.Words.First]);
        if (openings.Count == 0)
        {
            return found;
        }

        var pieces = _dates.Read(passage, sentence.First, sentence.First + sentence.Words);
        var clauses = PromiseFinderClause.Of(passage, sentence, language, openings, pieces);
        var asks = passage.EndMark(sentence) == '?';
        for (var i = 0; i < clauses.Count; i++)
        {
            if (clauses[i].Opening is not null && !(asks && clauses[i].Chunk == clauses[^1].Chunk) && !HangsOnOthers(clauses, i)
                && Promise(clauses, i, pieces) is { } promise)
            {
                Add(found, promise, clauses, i);
            }
        }

        return found;
    }

    /// <summary>"I'll look into it and call you by 3", "I'll see to it that you'll have it by Friday": the means of a promise and the promise are one.</summary>
    private void Add(List<FoundPromise> found, FoundPromise promise, List<PromiseFinderClause> clauses, int index)
    {
        if (found.Count > 0 && found[^1] is { Due: null } means
            && (means.Deed is Deed.Check || Begins(language.Complements, clauses[index]) || Has(language.Vows, clauses[index - 1])))
        {
            found[^1] = promise with { At = means.At, Length = promise.At + promise.Length - means.At };
            return;
        }

        found.Add(promise);
    }

    private FoundPromise? Promise(List<PromiseFinderClause> clauses, int index, List<DuePiece> pieces)
    {
        var clause = clauses[index];
        var opening = clause.Opening!;
        if (IsDenied(clause) || Has(language.NoPromises, clause) || Begins(language.Questions, clause)
            || (!opening.OursAlone && Has(language.NoPromisesOfOthers, clause)))
        {
            return null;
        }

        var date = DateIn(clause, pieces) ?? DateBeside(clauses, index, pieces);
        var deed = language.DeedIn(passage, opening.OursAlone ? clause.Begins.First : clause.First, clause.Next);
        var isWhole = opening.Lacking switch
        {
            Lacking.Nothing => true,
            Lacking.DeedOrDate => deed is not null || date is not null,
            Lacking.Date => date is not null,
            Lacking.DeedAndDate => deed is not null && date is not null,
        };
        if (!isWhole)
        {
            return null;
        }

        var first = opening.OursAlone ? clause.Begins.First : clause.First;
        var next = clause.Next;
        if (date is not null)
        {
            first = Math.Min(first, date.First);
            next = Math.Max(date.Next, EndsWithDeed(clause, date.Next) ? clause.Next : Math.Max(clause.Begins.Next, deed?.Words.Next ?? 0));
        }

        var at = passage.Words[first].At;
        return new(at, passage.Words[next - 1].End - at, date?.Due(calendar), deed?.Deed ?? Deed.Other) { When = Place(date, pieces) };
    }

    /// <summary>Where the words of a date stand; those of one that was joined from afar stand in no one place.</summary>
    private (int At, int Length)? Place(DuePiece? date, List<DuePiece> pieces) =>
        date is not null && FirstFrom(date.First, pieces) is var piece && piece < pieces.Count && (pieces[piece].First, pieces[piece].Next) == (date.First, date.Next)
            ? (passage.Words[date.First].At, passage.Words[date.Next - 1].End - passage.Words[date.First].At)
            : null;

    /// <summary>"… bis Freitag erledigt": the verb may come last.</summary>
    private bool EndsWithDeed(PromiseFinderClause clause, int from) =>
        Enumerable.Range(from, Math.Max(0, Math.Min(clause.Next - from, 3))).Any(word => language.DeedAt(passage, word, clause.Next)?.Words.Next == clause.Next);

    /// <summary>The day and the time of a clause, which may stand apart ("on Friday I'll call you before 3").</summary>
    private static DuePiece? DateIn(PromiseFinderClause clause, List<DuePiece> pieces)
    {
        DuePiece? date = null;
        for (var i = FirstFrom(clause.First, pieces); i < pieces.Count && pieces[i].Next <= clause.Next; i++)
        {
            var piece = pieces[i];
            if (piece.IsNone)
            {
                continue;
            }

            if (date is null || (date.IsVague && !piece.IsVague))
            {
                date = piece;
            }
            else if ((!date.HasDay && piece.HasDay && piece is { HasTime: false }) || (date is { HasTime: false, Counted: null } && piece is { HasTime: true, HasDay: false }))
            {
                date = date.With(piece, orTo: false);
            }
        }

        return date;
    }

    /// <summary>The first piece that begins at a word or after it: pieces are in order, and a sentence can have many.</summary>
    private static int FirstFrom(int word, List<DuePiece> pieces)
    {
        var (low, high) = (0, pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = pieces[middle].First < word ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The date of a clause that has none itself, in the words before or after it.</summary>
    private DuePiece? DateBeside(List<PromiseFinderClause> clauses, int index, List<DuePiece> pieces) =>
        (language.Joins.At(passage, clauses[index].First) is null ? Lent(clauses, index - 1, pieces) : null)
        ?? Lent(clauses, index + 1, pieces)
        ?? (index + 1 < clauses.Count && clauses[index + 1].Opening is null && Has(language.Vows, clauses[index]) ? DateIn(clauses[index + 1], pieces) : null);

    /// <summary>The date of a neighbour that says nothing else ("By Friday, …"), or of the condition that we meet ("when I'm back on Monday, …").</summary>
    private DuePiece? Lent(List<PromiseFinderClause> clauses, int index, List<DuePiece> pieces)
    {
        if (index < 0 || index >= clauses.Count || clauses[index] is not { Opening: null } clause || DateIn(clause, pieces) is not { } date)
        {
            return null;
        }

        var others = Enumerable.Range(clause.First, clause.Next - clause.First)
            .Count(word => (word < date.First || word >= date.Next) && !language.Dates.Fillers.Contains(passage.Words[word].Plain));
        return others == 0 || Has(language.Conditions, clause) ? date : null;
    }

    private bool IsDenied(PromiseFinderClause clause)
    {
        for (var at = clause.First; at < clause.Next; at++)
        {
            if (language.Affirmations.At(passage, at) is { } affirmed)
            {
                at = affirmed.Next - 1;
            }
            else if (language.Negations.At(passage, at) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a condition that only somebody else can meet governs a clause: one within it, one before it, or one that ends the sentence.
    /// "…, and if you need more, …" governs what follows.
    /// </summary>
    private bool HangsOnOthers(List<PromiseFinderClause> clauses, int index) =>
        HasCondition(clauses[index])
        || (index > 0 && Begins(language.Asks, clauses[index - 1]))
        || IsComplementOfNone(clauses, index)
        || (index > 0 && (clauses[index - 1].Opening is null || Begins(language.Conditions, clauses[index - 1])) && HasCondition(clauses[index - 1]))
        || (index + 2 == clauses.Count && clauses[index + 1] is { Opening: null } last && language.Joins.At(passage, last.First) is null && HasCondition(last));

    /// <summary>"I can't promise that …", "dass es heute fertig wird, kann ich nicht versprechen".</summary>
    private bool IsComplementOfNone(List<PromiseFinderClause> clauses, int index) =>
        language.Complements.At(passage, clauses[index].First) is not null
        && (index > 0 ? index - 1 : index + 1) is var beside && beside < clauses.Count
        && (IsDenied(clauses[beside]) || Has(language.NoPromises, clauses[beside]));

    private bool HasCondition(PromiseFinderClause clause)
    {
        for (var at = clause.First; at < clause.Next; at++)
        {
            var ours = language.OurConditions.At(passage, at)?.Words ?? 0;
            if (language.Conditions.At(passage, at) is { } condition && condition.Words > ours)
            {
                // In "once it is here I'll call" the condition ends where the promise begins.
                var end = clause.Opening is not null && clause.Begins.First > at ? clause.Begins.First : clause.Next;
                return Enumerable.Range(at, end - at).Any(word => language.Theirs.At(passage, word) is not null);
            }

            at += Math.Max(0, ours - 1);
        }

        return false;
    }

    private bool Begins(PhraseSet phrases, PromiseFinderClause clause)
    {
        var first = language.Joins.At(passage, clause.First) is { } join && join.Next < clause.Next ? join.Next : clause.First;
        return phrases.At(passage, first) is not null;
    }

    private bool Has(PhraseSet phrases, PromiseFinderClause clause)
    {
        for (var at = clause.First; at < clause.Next; at++)
        {
            if (phrases.At(passage, at) is { } found && found.Next <= clause.Next)
            {
                return true;
            }
        }

        return false;
    }
}
