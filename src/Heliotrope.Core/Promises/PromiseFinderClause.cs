using System.Buffers;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Promises;

/// <summary>Words of a sentence that belong together: at most one promise is in them.</summary>
/// <param name="First">The first word.</param>
/// <param name="Next">The word after the last.</param>
/// <param name="Chunk">The number of the stretch between two commas that it is in.</param>
/// <param name="Opening">How a promise begins in it, if one does.</param>
/// <param name="Begins">Where.</param>
internal sealed record PromiseFinderClause(int First, int Next, int Chunk, Opening? Opening, Found Begins)
{
    /// <summary>How many words after "and" may stand before the date of what is promised there.</summary>
    private const int LongestDeed = 12;

    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\n\r\u00a0");
    private static readonly SearchValues<char> Marks = SearchValues.Create(",;:()-–\"“”„«»");

    /// <summary>Parts a sentence into clauses: at marks, and at "and" where something new begins.</summary>
    public static List<PromiseFinderClause> Of(
        Passage passage, Sentence sentence, PromiseFinderLanguage language, List<(Found Words, Opening Opening)> openings, List<DuePiece> pieces)
    {
        var clauses = new List<PromiseFinderClause>();
        var (first, chunk, opening, piece) = (sentence.First, 0, 0, 0);
        var end = sentence.First + sentence.Words;
        (Found Words, Opening Opening)? begun = null;
        int? join = null;

        void Close(int at)
        {
            if (at > first)
            {
                clauses.Add(new(first, at, chunk, begun?.Opening, begun?.Words ?? default));
            }

            (first, begun, join) = (at, null, null);
        }

        for (var at = sentence.First; at < end; at++)
        {
            while (piece < pieces.Count && pieces[piece].Next <= at)
            {
                piece++;
            }

            var insidePiece = piece < pieces.Count && pieces[piece].First < at;
            if (at > sentence.First && !insidePiece && IsMark(passage.After(at - 1)))
            {
                Close(at);
                chunk++;
            }

            if (opening < openings.Count && openings[opening].Words.First == at && begun is not null && join is null && openings[opening].Opening.Lacking is Lacking.DeedAndDate)
            {
                // "I'll see to it that it ships today": the verb belongs to what has begun.
                opening++;
            }
            else if (opening < openings.Count && openings[opening].Words.First == at)
            {
                // What stands before the first opening of a chunk is its beginning ("tomorrow I'll"), unless "and" parts it.
                var beginsItself = begun is not null || language.Joins.At(passage, at) is not null;
                Close(join ?? (beginsItself ? at : first));

                begun = openings[opening];
                at = begun.Value.Words.Next - 1;
                opening++;
            }
            else if (!insidePiece && language.Joins.At(passage, at) is { } joining)
            {
                if (joining.Next < end && language.Conditions.At(passage, joining.Next) is not null)
                {
                    Close(at);
                }
                else if (begun is not null && AnotherDeed(passage, language, pieces, piece, first, joining.Next, end))
                {
                    var inherited = begun.Value.Opening;
                    Close(at);
                    begun = (new Found(joining.Next, 1), inherited);
                }
                else
                {
                    join = joining.First;
                }
            }
        }

        Close(end);
        return clauses;
    }

    /// <summary>"… tomorrow and send it on Friday": two things, each with its day, under one "I'll".</summary>
    private static bool AnotherDeed(Passage passage, PromiseFinderLanguage language, List<DuePiece> pieces, int piece, int first, int at, int end) =>
        at < end && piece > 0 && piece < pieces.Count && language.DeedAt(passage, at, end) is not null
        && pieces[piece - 1] is { IsNone: false, IsVague: false } before && before.First >= first
        && pieces[piece] is { IsNone: false, IsVague: false } after && after.First >= at && after.First - at < LongestDeed;

    /// <summary>A comma or a dash between words, but not the colon of "9:30" or the hyphen of "end-of-day".</summary>
    private static bool IsMark(ReadOnlySpan<char> between) =>
        between.Contains('—') || (between.ContainsAny(Spaces) && between.ContainsAny(Marks));
}
