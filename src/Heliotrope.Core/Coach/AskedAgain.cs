using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>A question whose answer we have: in this conversation, or in what we hold about the customer (docs/method.md, A1 and A5).</summary>
internal static class AskedAgain
{
    public static IEnumerable<Remark> Of(Draft draft)
    {
        if (draft.Book is not { } book)
        {
            yield break;
        }

        var held = draft.Hand.Messages.Concat(draft.Hand.Known).Select(Passage.Of).ToList();
        var known = new Dictionary<(string Name, string Words), bool>();
        var told = new HashSet<string>();
        foreach (var sentence in draft.Letter.Sentences)
        {
            var (asks, tries) = (Asks(draft, book, sentence, Requests.Asks(draft.Passage, book, sentence)), Asks(draft, book, sentence, !book["no-request"].IsIn(draft.Passage, sentence)));
            foreach (var (name, found) in Requests.Things(draft.Passage, book, sentence).Where(thing => thing.Name == "tried" ? tries : asks))
            {
                // The same question is looked up once, however often it is asked.
                var words = draft.TextOf(found);
                if (!told.Contains(name) && (known.TryGetValue((name, words), out var holds) ? holds : known[(name, words)] = Holds(draft, book, name, found, held)))
                {
                    told.Add(name);
                    yield return draft.About(RemarkKind.ReAsk, found, about: words);
                }
            }
        }
    }

    /// <summary>A sentence that itself says the answer checks it, and one that says "another" wants something else.</summary>
    private static bool Asks(Draft draft, CoachBook book, Sentence sentence, bool isRequest) => isRequest
        && (!book["asks-anew"].IsIn(draft.Passage, sentence) || (draft.Answered is { } message && book["changes"].IsIn(message.Passage)))
        && !draft.Passage.Words.Skip(sentence.First).Take(sentence.Words).Any(word => word.Plain == Word.Link || word.Plain.Count(char.IsAsciiDigit) > 2);

    private static bool Holds(Draft draft, CoachBook book, string name, Found asked, List<Passage> held) => name switch
    {
        "name" => Names.Known(draft).Count > 1,
        "email" => held.Exists(Facts.HasEmail),
        "phone" => held.Exists(Facts.HasPhone),
        "address" => held.Exists(passage => book["street"].IsIn(passage)),
        "date" => held.Exists(passage => Facts.HasDateOf(passage, book)),
        "day" => draft.Answered is { } message && Facts.HasDay(message.Passage, book),
        "number" => Facts.Stems(draft.Passage, book, asked).Any(stem => held.Exists(passage => Facts.HasNumberOf(passage, stem))),
        "which" => Facts.Stems(draft.Passage, book, new(asked.First + 1, 1)).Any(stem => held.Exists(passage => Facts.HasNumberOf(passage, stem))),
        "many" => Facts.Stems(draft.Passage, book, new(asked.Next - 1, 1)).Any(stem => held.Exists(passage => Facts.HasManyOf(passage, book, stem))),
        "model" => held.Exists(passage => book["have-model"].IsIn(passage) || Facts.HasModel(passage)),
        "order" => held.Exists(passage => Facts.HasNumber(passage, book, name) || Facts.HasLongNumber(passage)),
        "customer" or "invoice" => held.Exists(passage => Facts.HasNumber(passage, book, name)),
        _ => held.Exists(passage => book[$"have-{name}"].IsIn(passage)),
    };
}
