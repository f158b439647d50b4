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
        if (reader._at < line.Length || ends.Contains(root))
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
                '[' => [.. from, .. Choice(from, ']')],
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
        return ends;
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
            : from.ConvertAll(node => node.Then(item));
    }

    private readonly FormatException Malformed() => new($"This phrase cannot be read, from character {_at + 1} on: {_line}");
}
