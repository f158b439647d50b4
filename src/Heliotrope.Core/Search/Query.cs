namespace Heliotrope.Core.Search;

/// <summary>
/// Which conversations: words, "phrases", what must not be there, and operators such as <c>is:open</c>. Search, views, rules and
/// segments all say it in this one language. Reading never fails: what cannot be understood is a problem with its place.
/// </summary>
public sealed record Query
{
    /// <summary>The longest query that is read, in characters: nobody types more, and reading it costs time.</summary>
    public const int MaxText = 2000;

    /// <summary>The most terms: each is a condition of the database's query.</summary>
    public const int MaxTerms = 40;

    /// <summary>The most values of one operator.</summary>
    public const int MaxValues = 40;

    /// <summary>A query that asks for everything.</summary>
    public static readonly Query Everything = new([], []);

    private Query(IReadOnlyList<Term> terms, IReadOnlyList<Problem> problems) => (Terms, Problems) = (terms, problems);

    /// <summary>What is asked for, in the order in which it was said; each of them must be true.</summary>
    public IReadOnlyList<Term> Terms { get; }

    /// <summary>What was not understood, in the order of the text. It narrows nothing; who acts on a query does not act on one that has problems.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Whether it asks for everything.</summary>
    public bool IsEmpty => Terms.Count == 0;

    /// <summary>The words and phrases that must be there.</summary>
    public IEnumerable<TextTerm> Words => Terms.OfType<TextTerm>().Where(t => !t.Not);

    /// <summary>Reads a query.</summary>
    /// <param name="text">As a person types it; null for none.</param>
    /// <returns>What it says.</returns>
    public static Query Read(string? text) => Read(text, Operators.Find);

    /// <summary>Reads a query with operators of another kind: the same grammar says which people.</summary>
    /// <param name="text">As a person types it; null for none.</param>
    /// <param name="find">Finds an operator by its name.</param>
    /// <returns>What it says.</returns>
    public static Query Read(string? text, Func<string, Operator?> find)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Everything;
        }

        var reader = new QueryReader(text, find);
        var terms = reader.Terms();
        return new(terms, reader.Problems);
    }

    /// <summary>Both at once.</summary>
    /// <param name="other">What must be true as well.</param>
    /// <returns>One query.</returns>
    public Query And(Query other) => other.IsEmpty && other.Problems.Count == 0 ? this : Read($"{this} {other}");

    /// <summary>Whether it says anything with this operator.</summary>
    /// <param name="name">The operator's name.</param>
    public bool Says(string name) => Terms.Any(t => t is OperatorTerm term && term.Operator.Name == name);

    /// <summary>Whether it asks for this value of an operator, and not for its contrary.</summary>
    /// <param name="name">The operator's name.</param>
    /// <param name="value">The value.</param>
    public bool AsksFor(string name, string value) => Terms.Any(t => t is OperatorTerm { Not: false } term && term.Operator.Name == name && term.Values.Any(v => v.Said == value));

    /// <summary>The same without an operator.</summary>
    /// <param name="name">The operator's name.</param>
    /// <returns>The rest.</returns>
    public Query Without(string name) => new([.. Terms.Where(t => t is not OperatorTerm term || term.Operator.Name != name)], Problems);

    /// <summary>The query as text; read again it says the same.</summary>
    public override string ToString() => string.Join(' ', Terms);
}
