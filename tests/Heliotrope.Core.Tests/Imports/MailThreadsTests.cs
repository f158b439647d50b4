using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Imports;

namespace Heliotrope.Core.Tests.Imports;

public class MailThreadsTests
{
    private const long Ada = 1;
    private const long Grace = 2;
    private const long Us = 3;

    [Fact]
    public void An_answer_to_us_belongs_to_it_whoever_writes_it_and_whatever_the_order() => Assert.Equal(
        [[1, 0, 2, 3]],
        MailThreads.Of([new(11, Us, true, 20, [10]), new(10, Ada, false, 10, []), new(12, Ada, false, 30, [11, 10]), new(13, Grace, false, 40, [11])]));

    [Fact]
    public void The_id_of_a_customers_mail_is_believed_from_that_customer_and_from_us_alone() => Assert.Equal(
        [[0, 1], [2]],
        MailThreads.Of([new(10, Ada, false, 10, []), new(11, Ada, false, 20, [10]), new(12, Grace, false, 30, [10])]));

    [Fact]
    public void What_answers_the_same_mail_that_is_not_there_is_one_for_the_same_author() => Assert.Equal(
        [[0, 2], [1]],
        MailThreads.Of([new(10, Ada, false, 10, [99]), new(11, Grace, false, 20, [99]), new(12, Ada, false, 30, [99])]));

    [Fact]
    public void Mails_without_an_id_stand_alone() => Assert.Equal([[0], [1]], MailThreads.Of([new(0, Ada, false, 10, []), new(0, Ada, false, 20, [])]));

    [Fact]
    public void Each_mail_is_in_one_conversation_and_each_conversation_in_order() => Prop.ForAll(
        Arb.From((from id in Gen.Choose(0, 9) from author in Gen.Choose(1, 3) from at in Gen.Choose(0, 99) from ancestors in Gen.Choose(0, 9).ListOf() select new MailHead(id, author, author == Us, at, [.. ancestors.Select(a => (long)a)])).ArrayOf()),
        heads =>
        {
            var threads = MailThreads.Of(heads);
            return threads.SelectMany(t => t).Order().SequenceEqual(Enumerable.Range(0, heads.Length)) && threads.All(t => t.Zip(t.Skip(1)).All(pair => heads[pair.First].At <= heads[pair.Second].At));
        }).QuickCheckThrowOnFailure();
}
