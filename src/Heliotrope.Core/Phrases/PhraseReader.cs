namespace Heliotrope.Core.Phrases;

/// <summary>Reads one phrase as <see cref="PhraseSet"/> describes it.</summary>
internal ref struct PhraseReader
{
    private readonly string _line;
    private int _at;

    private PhraseReader(string line) => _line = line;

    public static void Read(string line, PhraseNode root)
    {
        var reader = new PhraseReader(line);
        var ends = reader.Sequence([root]);
        while (reader._at < line.Length && line[reader._at] == '|')
        {
            reader._at++;
            ends.AddRange(reader.Sequence([root]));
        }

        if (reader._at < line.Length || ends.Exists(root.IsSameAs))
        {
            throw reader.Malformed();
        }

        foreach (var end in ends)
        {
            end.Ends = true;
        }
    }

    /// <summary>Items until a bar, a bracket that closes, or the end.</summary>
    private List<PhraseNode> Sequence(List<PhraseNode> from)
    {
        while (true)
        {
            while (_at < _line.Length && _line[_at] == ' ')
            {
                _at++;
            }

            if (_at >= _line.Length || _line[_at] is '|' or ')' or ']')
            {
                return from;
            }

            from = _line[_at] switch
            {
                '(' => Choice(from, ')'),
                '[' => [Join([.. from, .. Choice(from, ']')])],
                _ => Item(from),
            };
        }
    }

    private List<PhraseNode> Choice(List<PhraseNode> from, char closing)
    {
        var ends = new List<PhraseNode>();
        do
        {
            _at++;
            ends.AddRange(Sequence(from));
        }
        while (_at < _line.Length && _line[_at] == '|');
        if (_at >= _line.Length || _line[_at] != closing)
        {
            throw Malformed();
        }

        _at++;
        return [Join(ends)];
    }

    /// <summary>Goes on from one place instead of many: phrases with several choices would grow by their product otherwise.</summary>
    private static PhraseNode Join(List<PhraseNode> ends)
    {
        if (ends is [var only])
        {
            return only;
        }

        var join = new PhraseNode();
        ends.ForEach(end => end.Join(join));
        return join;
    }

    private List<PhraseNode> Item(List<PhraseNode> from)
    {
        var start = _at;
        while (_at < _line.Length && _line[_at] is not (' ' or '(' or ')' or '[' or ']' or '|'))
        {
            _at++;
        }

        var item = _line[start.._at];
        return item.Trim('*').Length == 0 || (item.Contains('.', StringComparison.Ordinal) && item.Trim('.').Length > 0)
            ? throw Malformed()
            : IsTypedWithout(item) ? [Join([.. from.ConvertAll(node => node.Then(item)), .. from.ConvertAll(node => node.Then(item.Replace("'", "", StringComparison.Ordinal)))])]
            : from.ConvertAll(node => node.Then(item));
    }

    /// <summary>Many leave out the apostrophe of <c>don't</c>, <c>I've</c> and <c>I'm</c>; that of <c>we're</c> or <c>I'll</c> would make another word.</summary>
    private static bool IsTypedWithout(string item) =>
        item is "i'm" || item.EndsWith("n't", StringComparison.Ordinal) || item.EndsWith("'ve", StringComparison.Ordinal);

    private readonly FormatException Malformed() => new($"This phrase cannot be read, from character {_at + 1} on: {_line}");
}
