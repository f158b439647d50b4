using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Heliotrope.Server.Search;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Views;

/// <summary>What is wrong with what a list looks for, in words: what nobody understands, and names that nothing has, or nothing has any more.</summary>
internal static class ViewProblems
{
    private const int Most = 10;

    public static async Task<IReadOnlyList<string>> Of(HeliotropeDb db, Actor actor, Query query)
    {
        var said = query.Problems.Take(Most).Select(SearchView.Say).ToList();
        foreach (var term in query.Terms.OfType<OperatorTerm>().Take(Query.MaxTerms))
        {
            foreach (var value in term.Values.OfType<NameValue>())
            {
                if (said.Count < Most && await IsNobody(db, term.Operator, value.Said))
                {
                    said.Add(Words.T("view.problem.name", value.Said, FieldWords.Of(term.Operator)));
                }
            }
        }

        return said;
    }

    private static async Task<bool> IsNobody(HeliotropeDb db, Operator of, string said)
    {
        var lower = Small.Typed(said);
        return of.Name switch
        {
            "team" => !await db.Teams.AnyAsync(t => t.Name == said || Small.Letters(t.Name) == lower),
            "tag" => !await db.Tags.AnyAsync(t => (t.Name == said || Small.Letters(t.Name) == lower) && db.ConversationTags.Any(c => c.TagId == t.Id)), // one that only hidden ones have is none
            "driver" => !await db.Drivers.AnyAsync(d => d.Name == said || Small.Letters(d.Name) == lower),
            "with" => !await db.Users.AnyAsync(u => u.Name == said || Small.Letters(u.Name).Contains(lower) || Small.Letters(u.Email!) == lower),
            _ => false,
        };
    }
}
