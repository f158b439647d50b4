using System.Text;

namespace Heliotrope.Core.Search;

/// <summary>Goes once through the text of a query. It only ever moves on, so that any text comes to its end.</summary>
internal sealed class QueryReader(string given, Func<string, Operator?> find)
{
    private readonly string _text = Storable(given);
    private readonly List<Problem> _problems = [];
    private int _at;

    public IReadOnlyList<Problem> Problems => _problems;

    public IReadOnlyList<Term> Terms()
    {
        var terms = new List<Term>();
        if (given.Length > Query.MaxText)
        {
            _problems.Add(new("query.too-long", "", Query.MaxText, given.Length - Query.MaxText));
        }

        while (SkipBlanks())
        {
            var start = _at;
            if (Next() is not { } term)
            {
                continue;
            }

            if (terms.Count == Query.MaxTerms)
            {
                _problems.Add(new("query.too-much", _text[start.._at], start, _text.Length - start));
                break;
            }

            terms.Add(term);
        }

        return terms;
    }

    /// <summary>What no database takes, and what no person sees, becomes a blank, so that places stay where they are.</summary>
    private static string Storable(string text)
    {
        var kept = text.Length > Query.MaxText ? text[..Query.MaxText] : text;
        var storable = new StringBuilder(kept);
        for (var at = 0; at < storable.Length; at++)
        {
            if (char.IsHighSurrogate(storable[at]) && at + 1 < storable.Length && char.IsLowSurrogate(storable[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(storable[at]) || char.IsControl(storable[at]))
            {
                storable[at] = ' ';
            }
        }

        return storable.ToString();
    }

    private bool SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _at < _text.Length;
    }

    private Term? Next()
    {
        var not = _text[_at] == '-';
        _at += not ? 1 : 0;
        if (_at == _text.Length)
        {
            return null;
        }

        if (_text[_at] == '"')
        {
            var phrase = string.Join(' ', Quoted().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return phrase.Any(char.IsLetterOrDigit) ? new TextTerm(phrase, Phrase: true, not) : null;
        }

        var start = _at;
        if (OperatorAhead() is { } found)
        {
            return new OperatorTerm(found, Values(found, start), not);
        }

        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        var word = _text[start.._at];
        if (LooksLikeOperator(word) is { } name)
        {
            _problems.Add(new("query.operator", name, start, name.Length + 1));
        }

        return word.Any(char.IsLetterOrDigit) ? new TextTerm(word, Phrase: false, not) : null;
    }

    private Operator? OperatorAhead()
    {
        var colon = _at;
        while (colon < _text.Length && char.IsAsciiLetter(_text[colon]))
        {
            colon++;
        }

        if (colon == _at || colon == _text.Length || _text[colon] != ':' || find(_text[_at..colon]) is not { } found)
        {
            return null;
        }

        _at = colon + 1;
        return found;
    }

    /// <summary>A word before a colon with something after it; an address of the web is none.</summary>
    private static string? LooksLikeOperator(string word)
    {
        var name = string.Concat(word.TakeWhile(char.IsAsciiLetter));
        return name.Length > 1 && word.Length > name.Length + 1 && word[name.Length] == ':' && word[name.Length + 1] is not ('/' or ':') ? name : null;
    }

    private List<Value> Values(Operator of, int start)
    {
        var values = new List<Value>();
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]))
        {
            var from = _at;
            if (_text[_at] == ',')
            {
                _at++;
                continue;
            }

            var said = _text[_at] == '"' ? Quoted().Trim() : Bare();
            if (said.Length == 0)
            {
                continue;
            }

            if (values.Count == Query.MaxValues)
            {
                _problems.Add(new("query.too-much", said, from, _at - from, of.Name));
                continue;
            }

            var value = ValueReader.Read(of, said);
            if (value is UnreadValue unread)
            {
                _problems.Add(new(unread.Code, said, from, _at - from, of.Name));
            }

            values.Add(value);
        }

        if (values.Count == 0)
        {
            _problems.Add(new("query.value-missing", of.Name, start, _at - start, of.Name));
        }

        return values;
    }

    private string Bare()
    {
        var start = _at;
        while (_at < _text.Length && Quoting.IsBare(_text[_at]))
        {
            _at++;
        }

        return _text[start.._at];
    }

    /// <summary>What stands in quotation marks; without a second one, all the rest.</summary>
    private string Quoted()
    {
        var said = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length && _text[_at + 1] is '"' or '\\')
            {
                _at++;
            }

            said.Append(_text[_at]);
        }

        _at = Math.Min(_at + 1, _text.Length);
        return said.ToString();
    }
}
