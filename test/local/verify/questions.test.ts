import { askAll } from '../../../local/verify/questions';
import { leftOn, startCloud, withVerification } from '../../support/verification';

test('every question is answered with an error, and leaves nothing behind, whoever may sign up', async () => {
  const cloud = await startCloud(({ Resources }) => {
    for (const { Type, Properties = {} } of Object.values(Resources)) {
      if (Type !== 'AWS::Cognito::UserPool') continue;
      delete Properties.UsernameAttributes;
      delete Properties.Schema;
    }
  });
  try {
    const answers = await withVerification(cloud, {}, askAll);

    expect(answers).toMatchObject({
      'SignUp with a password of one character': 'InvalidPasswordException',
    });
    expect(Object.values(answers)).not.toContain('no error');
    expect(await leftOn(cloud)).toEqual([]);
  } finally {
    await cloud.close();
  }
});
